package io.lgvq.app.rest;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.feed.Feed;
import io.lgvq.app.results.Results;
import io.lgvq.schemas.registry.InMemorySchemaRegistry;
import io.lgvq.topology.event.EventSerdes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The replies that {@link RestTest} would have to wait or to break a platform for. */
class QuestionResourceTest {
  private static final EventSerdes SERDES =
      EventSerdes.avro(
          new InMemorySchemaRegistry(), Map.of("schema.registry.url", "memory://questions"));

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final Results results = new Results(10);

  @Test
  void shouldSayWhereTheAnswerWillBeWhenItComesLate() throws Exception {
    assertAsked(ask(Map.of("lgvq.rest.answer-wait", "1ms")));
  }

  @Test
  void shouldNotWaitForAnswersWhereResultsAreOff() throws Exception {
    assertAsked(ask(Map.of("lgvq.rest.results", "false", "lgvq.rest.answer-wait", "1h")));
  }

  @Test
  void shouldSayThatKafkaTookNoQuestion() {
    producer.sendException = new TimeoutException("no metadata");
    assertThatThrownBy(() -> ask(Map.of()))
        .hasCauseInstanceOf(ProblemException.class)
        .extracting(Throwable::getCause, type(ProblemException.class))
        .extracting(ProblemException::problem)
        .satisfies(
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.type()).isEqualTo("urn:lgvq:problem:kafka-unavailable");
            });
  }

  @Test
  void shouldSayThatResultsAreOff() {
    var resource =
        new ResultsResource(results, configuration(Map.of("lgvq.rest.results", "false")));
    assertThatThrownBy(() -> resource.caption("bus"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(503);
              assertThat(thrown.problem().type()).isEqualTo("urn:lgvq:problem:results-off");
              assertThat(thrown.problem().detail()).contains("lgvq.rest.results=false");
            });
  }

  private void assertAsked(Response reply) {
    assertThat(producer.history()).singleElement().matches(record -> record.key().equals("bus"));
    assertThat(reply.getStatus()).isEqualTo(202);
    var asked = (QuestionResource.Asked) reply.getEntity();
    assertThat(asked.imageId()).isEqualTo("bus");
    assertThat(reply.getHeaderString(HttpHeaders.LOCATION))
        .isEqualTo("/images/bus/answers/" + asked.questionId());
  }

  private Response ask(Map<String, String> properties) throws Exception {
    LgvqConfig config = configuration(properties);
    var resource = new QuestionResource(new Feed(producer, SERDES, config), results, config);
    return resource
        .ask("bus", noHeaders(), new QuestionResource.QuestionText("what colour is the bus?"))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static HttpHeaders noHeaders() {
    return (HttpHeaders)
        Proxy.newProxyInstance(
            HttpHeaders.class.getClassLoader(),
            new Class<?>[] {HttpHeaders.class},
            (proxy, method, arguments) -> new MultivaluedHashMap<String, String>());
  }
}
