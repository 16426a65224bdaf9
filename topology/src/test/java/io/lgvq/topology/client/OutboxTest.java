package io.lgvq.topology.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final long MOST_BYTES = 10;

  private final MockProducer<byte[], byte[]> broker =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Producer<byte[], byte[]> producer =
      Outbox.before(broker, MOST_BYTES, StageClients::translated);
  private final List<Exception> heard = new ArrayList<>();

  @BeforeEach
  void begin() {
    producer.initTransactions();
    producer.beginTransaction();
  }

  @Test
  void shouldTellTheBrokerOfNothingBeforeTheCommit() {
    send("a");
    send("b");
    assertThat(broker.uncommittedRecords()).isEmpty();

    producer.sendOffsetsToTransaction(
        Map.of(new TopicPartition("words", 0), new OffsetAndMetadata(2)),
        new ConsumerGroupMetadata("group"));
    assertThat(words(broker.uncommittedRecords())).containsExactly("a", "b");
    producer.commitTransaction();

    assertThat(words(broker.history())).containsExactly("a", "b");
    assertThat(heard).containsExactly(null, null);
  }

  @Test
  void shouldSendWhatIsThereWhenAskedToFlush() {
    send("a");
    producer.flush();
    assertThat(words(broker.uncommittedRecords())).containsExactly("a");

    send("b");
    assertThat(words(broker.uncommittedRecords())).as("the transaction is open anyway").hasSize(2);
  }

  @Test
  void shouldKeepBackAgainInTheNextTransaction() {
    send("a");
    producer.commitTransaction();
    producer.beginTransaction();
    send("b");

    assertThat(broker.uncommittedRecords()).isEmpty();
    assertThat(words(broker.history())).containsExactly("a");
  }

  @Test
  void shouldKeepNoMoreThanItMay() {
    send("12345");
    send("67890");
    assertThat(broker.uncommittedRecords()).isEmpty();

    send("!");
    assertThat(words(broker.uncommittedRecords())).containsExactly("12345", "67890", "!");
  }

  @Test
  void shouldForgetWhatWasMadeInATransactionThatIsAborted() {
    send("a");
    producer.abortTransaction();
    producer.beginTransaction();
    send("b");
    producer.commitTransaction();

    assertThat(words(broker.history())).containsExactly("b");
  }

  @Test
  void shouldTellWhoeverMadeARecordThatItCouldNotBeSent() {
    broker.sendException =
        new KafkaException("in an error state", new InvalidTxnStateException("invalid state"));
    send("a");
    assertThat(heard).isEmpty();

    producer.flush();

    assertThat(heard).singleElement().isInstanceOf(ProducerFencedException.class);
  }

  private void send(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>("words", bytes), (metadata, failure) -> heard.add(failure));
  }

  private static List<String> words(List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
