package io.lgvq.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.problem.RegistryAccessException;
import io.lgvq.schemas.problem.RegistryUnavailableException;
import io.lgvq.schemas.problem.SchemaRefusedException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, failover and authentication against real sockets; only the waiting is not real. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RegistryHttpTest {

  private final StubRegistry stub = StubRegistry.start();
  private final StubRegistry second = StubRegistry.start();
  private final ManualWaiting waiting = new ManualWaiting();
  private final Map<String, Object> configuration =
      new HashMap<>(
          Map.of(
              "schema.registry.url", stub.url(),
              "retries.wait.ms", 100,
              "retries.max.wait.ms", 300));

  @AfterEach
  void close() {
    stub.close();
    second.close();
  }

  @Test
  void shouldTryAgainWithGrowingWaitsUntilTheRegistryAnswers() {
    stub.then(3, 500, "{\"error_code\": 50001, \"message\": \"store\"}");

    assertThat(registry().schema(7)).isPresent();

    assertThat(stub.requests()).hasSize(4);
    assertThat(waiting.sleeps()).hasSize(3);
    assertThat(waiting.sleeps().get(0)).isBetween(80L, 120L);
    assertThat(waiting.sleeps().get(1)).isBetween(160L, 240L);
    assertThat(waiting.sleeps().get(2)).isBetween(240L, 360L);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void shouldTakeTheseAnswersForNone(int status) {
    stub.then(1, status, "");

    assertThat(registry().schema(7)).isPresent();
  }

  @Test
  void shouldGiveUpAfterItsRetriesAndSayWhatItTried() {
    configuration.put("max.retries", "2");
    stub.always(503, "");

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(stub.url())
        .hasMessageContaining("GET /schemas/ids/7 in 3 attempt(s)")
        .hasMessageContaining("HTTP 503");
    assertThat(stub.requests()).hasSize(3);
  }

  @Test
  void shouldGoOnWithTheSecondUrlWhenTheFirstIsDead() throws IOException {
    configuration.put("schema.registry.url", deadUrl() + "," + second.url());

    assertThat(registry().schema(7)).isPresent();

    assertThat(waiting.sleeps()).isEmpty();
  }

  @Test
  void shouldStayWithTheUrlThatAnswered() {
    configuration.put("schema.registry.url", List.of(stub.url(), second.url()));
    stub.then(1, 503, "");
    SchemaRegistry registry = registry();

    for (int i = 0; i < 5; i++) {
      registry.schema(7);
    }

    assertThat(stub.requests()).hasSize(1);
    assertThat(second.requests()).hasSize(5);
  }

  @Test
  void shouldComeBackWhenTheSecondFailsToo() {
    configuration.put("schema.registry.url", stub.url() + ", " + second.url());
    stub.then(1, 503, "");
    SchemaRegistry registry = registry();
    registry.schema(7);
    second.always(503, "");

    assertThat(registry.schema(8)).isPresent();

    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void shouldNotTakeAProxysPageForAnAnswer() {
    configuration.put("max.retries", 0);
    stub.always(200, "<html>welcome</html>");

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("without JSON");
  }

  @Test
  void shouldNotTakeAnotherServersJsonForASchema() {
    stub.always(200, "{\"status\": \"up\"}");

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema.registry.url");
    assertThatThrownBy(() -> registry().latest("a"))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>no route</html>", "{\"error_code\": 404, \"message\": \"no route\"}"})
  void shouldNotTakeAProxys404ForAnUnknownSchema(String body) {
    configuration.put("max.retries", 0);
    stub.always(404, body);

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("HTTP 404");
  }

  @Test
  void shouldBelieveTheRegistrysOwn404() {
    stub.always(404, StubRegistry.UNKNOWN);

    assertThat(registry().schema(7)).isEmpty();
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldRegisterWhereAnotherInstanceRegisteredTheSameAtThatMoment() {
    Schema schema = SchemaBuilder.record("Empty").fields().endRecord();
    stub.then(1, 409, "{\"error_code\": 409, \"message\": \"already exists\"}");

    assertThat(registry().register("a-value", schema, false)).isEqualTo(7);
  }

  @Test
  void shouldSayThatASchemaIsRefusedForGood() {
    Schema schema = SchemaBuilder.record("Empty").fields().endRecord();
    stub.always(409, "{\"error_code\": 409, \"message\": \"does not fit\"}");

    assertThatThrownBy(() -> registry().register("a-value", schema, false))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("does not fit");
    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void shouldNotWaitForEverForTheRestOfAnAnswer() {
    configuration.put("max.retries", 0);
    configuration.put("schema.registry.request.timeout.ms", 200);
    stub.stall();

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("within 200 ms");
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    stub.stall();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldSendUserAndPasswordOfTheConfiguration() {
    configuration.put("basic.auth.credentials.source", "USER_INFO");
    configuration.put("basic.auth.user.info", "ada:open sesame");

    registry().schema(7);

    // base64 of "ada:open sesame"
    assertThat(stub.authorizations()).containsExactly("Basic YWRhOm9wZW4gc2VzYW1l");
  }

  @Test
  void shouldSendUserAndPasswordOfTheUrlToThatUrlOnly() {
    configuration.put(
        "schema.registry.url",
        stub.url().replace("//", "//ada:open%20sesame@") + "," + second.url());
    stub.always(503, "");

    registry().schema(7);

    assertThat(stub.authorizations()).containsExactly("Basic YWRhOm9wZW4gc2VzYW1l");
    assertThat(second.authorizations()).containsExactly("null");
  }

  @Test
  void shouldSendABearerToken() {
    configuration.put("bearer.auth.credentials.source", "STATIC_TOKEN");
    configuration.put("bearer.auth.token", "t0ken");

    registry().schema(7);

    assertThat(stub.authorizations()).containsExactly("Bearer t0ken");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void shouldStopAtOnceWhenAccessIsRefused(int status) {
    configuration.put("schema.registry.basic.auth.credentials.source", "USER_INFO");
    configuration.put("schema.registry.basic.auth.user.info", "ada:wrong");
    stub.always(status, "{\"error_code\": 40101, \"message\": \"no\"}");

    assertThatThrownBy(() -> registry().schema(7))
        .isInstanceOf(RegistryAccessException.class)
        .hasMessageContaining(stub.url())
        .hasMessageContaining("basic.auth.*")
        .hasMessageNotContaining("wrong");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldKeepPasswordsOutOfEveryMessage() {
    configuration.put("max.retries", 0);
    configuration.put("schema.registry.url", stub.url().replace("//", "//ada:hush@"));
    stub.always(503, "");

    assertThatThrownBy(() -> registry().schema(7)).hasMessageNotContainingAny("hush", "ada");
    assertThat(RegistrySettings.from(configuration).toString()).doesNotContain("hush");
  }

  private SchemaRegistry registry() {
    return new RestSchemaRegistry(new RegistryHttp(RegistrySettings.from(configuration), waiting));
  }

  private static String deadUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
