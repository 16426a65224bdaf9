package io.lgvq.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTransactionsTest {

  private static final List<TopicPartition> PARTITIONS =
      List.of(new TopicPartition("captions", 0), new TopicPartition("captions", 1));
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @TempDir private Path folder;

  private EmbeddedKafka kafka;
  private Admin admin;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start(folder);
    // A topic that is not there is looked for until the client's time is over.
    admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "default.api.timeout.ms",
                5_000,
                "request.timeout.ms",
                5_000));
    admin.createTopics(List.of(new NewTopic("captions", 2, (short) 1))).all().get();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "stage-1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  @AfterEach
  void stop() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    kafka.close();
  }

  @Test
  void shouldFindTransactionThatIsLeftOpenAtItsCoordinatorAndInItsPartition() throws Exception {
    send(0);
    producer.commitTransaction();
    assertThat(OpenTransactions.await(admin, PARTITIONS, PATIENCE)).isEmpty();

    send(1);

    List<String> found =
        OpenTransactions.await(admin, PARTITIONS, PATIENCE).stream()
            .map(Finding::toString)
            .toList();
    assertThat(found)
        .hasSize(2)
        .contains("open transaction: of stage-1 at its coordinator, Ongoing")
        .anyMatch(finding -> finding.endsWith("at captions-1, since offset 0"));
    producer.abortTransaction();
    assertThat(OpenTransactions.await(admin, PARTITIONS, PATIENCE)).isEmpty();
  }

  @Test
  void shouldFindItWhereNobodySaysWhatIsOpen() throws Exception {
    assertThat(OpenTransactions.await(admin, List.of(new TopicPartition("gone", 0)), Duration.ZERO))
        .extracting(Finding::what)
        .containsExactly("open transactions cannot be told");
  }

  private void send(int partition) {
    producer.beginTransaction();
    byte[] value = "a bus".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>("captions", partition, null, value));
    producer.flush();
  }
}
