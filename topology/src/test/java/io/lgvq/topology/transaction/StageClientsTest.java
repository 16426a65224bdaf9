package io.lgvq.topology.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageClientsTest {

  private static final byte[] WORD = "word".getBytes(StandardCharsets.UTF_8);

  private final MockProducer<byte[], byte[]> broker =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Producer<byte[], byte[]> producer = StageClients.translating(broker);

  @BeforeEach
  void begin() {
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("words", WORD, WORD));
  }

  @Test
  void shouldCommitAsTheProducerDoes() {
    producer.commitTransaction();

    assertThat(broker.history()).hasSize(1);
    assertThat(broker.transactionCommitted()).isTrue();
  }

  @Test
  void shouldSayThatItIsFencedWhereTheBrokerHasEndedTheTransaction() {
    broker.commitTransactionException = new InvalidTxnStateException("invalid state");

    assertThatThrownBy(producer::commitTransaction)
        .isInstanceOf(ProducerFencedException.class)
        .hasMessageContaining("invalid state");
  }

  @Test
  void shouldSayThatItIsFencedWhereAnEarlierRequestWasToldSo() {
    broker.commitTransactionException =
        new KafkaException("in an error state", new InvalidTxnStateException("invalid state"));

    assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void shouldLeaveOtherFailuresAsTheyAre() {
    broker.commitTransactionException = new TimeoutException("slow");

    assertThatThrownBy(producer::commitTransaction).isInstanceOf(TimeoutException.class);
  }
}
