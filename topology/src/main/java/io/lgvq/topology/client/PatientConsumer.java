package io.lgvq.topology.client;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread, which costs next to nothing while no records come. Kafka Streams
 * polls every {@code poll.ms}, all its life; micro-batches need that to be a few milliseconds.
 */
final class PatientConsumer extends KafkaConsumer<byte[], byte[]> {

  private final Patience patience = new Patience(System.nanoTime());

  /**
   * @param settings of a consumer
   */
  PatientConsumer(Map<String, Object> settings) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration asked) {
    ConsumerRecords<byte[], byte[]> records =
        super.poll(patience.timeout(asked, System.nanoTime()));
    if (!records.isEmpty()) {
      patience.work();
    }
    return records;
  }
}
