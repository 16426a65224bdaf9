package io.lgvq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlatformTest {

  private static final String TOPIC = "words";

  @TempDir Path directory;

  @Test
  void shouldShowOnlyCommittedTransactionsAlsoAfterRestartOnTheSameDirectory() throws Exception {
    try (var broker = EmbeddedKafka.start(directory.resolve("kafka"))) {
      createTopic(broker);
      transact(broker, "kept", true);
      transact(broker, "aborted", false);
    }
    try (var broker = EmbeddedKafka.start(directory.resolve("kafka"))) {
      transact(broker, "second", true);
      assertThat(committed(broker, 2)).containsExactly("kept", "second");
    }
  }

  @Test
  void shouldRefuseSchemaThatOldReadersDataCannotBeReadWith() throws Exception {
    try (var registry = EmbeddedRegistry.start(directory.resolve("registry.log"))) {
      assertThat(
              register(registry, "{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"int\\\"}").statusCode())
          .isEqualTo(200);
      assertThat(
              register(registry, "{\\\"name\\\":\\\"b\\\",\\\"type\\\":\\\"int\\\"}").statusCode())
          .isEqualTo(409);
    }
  }

  @Test
  void shouldSayWhichFolderHoldsNoRegistryServer() {
    assertThatThrownBy(() -> EmbeddedRegistry.launch(directory, directory.resolve("log"), 0))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining(directory.toString());
  }

  private static void createTopic(EmbeddedKafka broker) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void transact(EmbeddedKafka broker, String word, boolean commit) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, word));
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> committed(EmbeddedKafka broker, int expected) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "group.id", "readers",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> words = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      for (int i = 0; i < 60 && words.size() < expected; i++) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> words.add(record.value()));
      }
    }
    return words;
  }

  private static HttpResponse<String> register(EmbeddedRegistry registry, String field)
      throws Exception {
    String schema =
        "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[" + field + "]}";
    var request =
        HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/words-value/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
