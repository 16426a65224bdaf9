package io.lgvq.topology.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed in a topic, up to where it ended when the reading began: it ends, even
 * while others write. One partition after the other, so that the order is the same each time.
 *
 * <p>Threading: used by one thread. Ownership: whoever made it closes it.
 */
final class TopicScan implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;

  /**
   * @param properties of Kafka's clients; has {@code bootstrap.servers}
   * @param topic need not exist
   */
  TopicScan(Map<String, String> properties, String topic) {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
  }

  /** Whether the topic is there. */
  boolean exists() {
    return !partitions().isEmpty();
  }

  /**
   * Returns when the broker asked knows the topic, which may be new.
   *
   * @throws TimeoutException if that takes a minute
   */
  void awaitTopic() {
    long begun = System.nanoTime();
    while (!exists()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "Kafka did not tell of topic '%s' in %d s".formatted(topic, PATIENCE.toSeconds()));
      }
    }
  }

  /**
   * Hands over the records in the order of partitions and offsets.
   *
   * @param since the first of a partition that is handed over is the first of that time or later;
   *     older ones may follow it
   * @param visitor says whether to go on
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer or refuses
   */
  void read(Optional<Instant> since, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> starts = starts(partitions, since);
    for (TopicPartition partition : partitions) {
      long end = ends.get(partition);
      if (!read(partition, starts.getOrDefault(partition, end), end, visitor)) {
        return;
      }
    }
  }

  /** The record at a place; nothing if none is there, or none that is committed. */
  Optional<ConsumerRecord<byte[], byte[]>> at(int partition, long offset) {
    TopicPartition wanted = new TopicPartition(topic, partition);
    if (!partitions().contains(wanted)) {
      return Optional.empty();
    }
    long start = consumer.beginningOffsets(List.of(wanted)).get(wanted);
    long end = consumer.endOffsets(List.of(wanted)).get(wanted);
    Found found = new Found();
    if (start <= offset && offset < end) {
      boolean unused = read(wanted, offset, offset + 1, found);
    }
    return found.record;
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  /** Where each partition begins to be read; none for those with nothing to read. */
  private Map<TopicPartition, Long> starts(
      List<TopicPartition> partitions, Optional<Instant> since) {
    if (since.isEmpty()) {
      return consumer.beginningOffsets(partitions);
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.get().toEpochMilli()));
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      if (found.getValue() != null) {
        starts.put(found.getKey(), found.getValue().offset());
      }
    }
    return starts;
  }

  /** Whether the visitor wants more. */
  private boolean read(
      TopicPartition partition,
      long from,
      long end,
      Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long position = from;
    long lastProgress = System.nanoTime();
    while (position < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end && !visitor.test(record)) {
          return false;
        }
      }
      // Beyond the last record: markers of transactions have offsets, too.
      long reached = consumer.position(partition);
      if (reached > position) {
        position = reached;
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "Nothing came of %s in %d s, at offset %d of %d"
                .formatted(partition, PATIENCE.toSeconds(), position, end));
      }
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static final class Found implements Predicate<ConsumerRecord<byte[], byte[]>> {

    private Optional<ConsumerRecord<byte[], byte[]>> record = Optional.empty();

    @Override
    public boolean test(ConsumerRecord<byte[], byte[]> read) {
      record = Optional.of(read);
      return false;
    }
  }
}
