package io.lgvq.topology.retokenize;

import io.lgvq.topology.config.RecordLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How the clients of a re-tokenize job are set up: once for each record, and for the largest that
 * its topics take.
 *
 * @param properties that every client of Kafka is told; of those below that are about sizes, they
 *     replace ours
 * @param group of {@link RetokenizeSettings#group}
 * @param maxBatch most records of a transaction
 * @param limits how large the records of the topics may be
 */
public record RetokenizeClients(
    Map<String, String> properties, String group, int maxBatch, RecordLimits limits) {

  /** Keeps a copy. */
  public RetokenizeClients {
    properties = Map.copyOf(properties);
  }

  /** Properties of the consumer. */
  public Map<String, Object> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, requestBytes());
    settings.putAll(properties);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxBatch);
    return settings;
  }

  /** Properties of the producer. */
  public Map<String, Object> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, requestBytes());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(32L << 20, 2L * requestBytes()));
    settings.putAll(properties);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
    return settings;
  }

  /** Bytes of the largest dead letter that its topic and the producer take. */
  public long mostDeadLetterBytes() {
    Map<String, Object> settings = producer();
    return Stream.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG)
        .map(name -> (Long) ConfigDef.parseType(name, settings.get(name).toString(), Type.LONG))
        .reduce((long) limits.deadLetter(), Math::min);
  }

  private int requestBytes() {
    return Math.max(RecordLimits.roomFor(limits.input()), limits.deadLetter());
  }
}
