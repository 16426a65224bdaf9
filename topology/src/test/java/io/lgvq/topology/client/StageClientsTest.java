package io.lgvq.topology.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
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

  private static final String DRAWN = "0a1b2c3d-aaaa-4bbb-8ccc-0123456789ab";
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

  @Test
  void shouldHaveATransactionalIdThatLastsAsLongAsTheInstancesName() {
    assertThat(transactionalId("main.consumer.group.instance.id")).isEqualTo("acme-pod-0-1");
    assertThat(transactionalId("group.instance.id")).isEqualTo("acme-pod-0-1");
  }

  @Test
  void shouldLeaveTheTransactionalIdOfAnInstanceWithoutAName() {
    assertThat(transactionalId("nothing")).isEqualTo("acme-" + DRAWN + "-1");
  }

  private static Object transactionalId(String named) {
    var properties = new Properties();
    properties.put(named, "pod-0");
    return StageClients.of(properties)
        .lasting(Map.of("transactional.id", "acme-" + DRAWN + "-1"))
        .get("transactional.id");
  }
}
