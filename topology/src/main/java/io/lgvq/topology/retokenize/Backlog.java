package io.lgvq.topology.retokenize;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic, from where a group stopped to where the topic ended at the start.
 *
 * <p>Threading: used by one thread, as its consumer.
 */
final class Backlog {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> starts;
  private final Map<TopicPartition, Long> ends;

  private Backlog(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.starts = starts;
    this.ends = ends;
  }

  /**
   * Puts the consumer where the backlog begins.
   *
   * @param fromBeginning whether what the group has committed is left out of account
   */
  static Backlog begin(Consumer<byte[], byte[]> consumer, String topic, boolean fromBeginning) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    if (!fromBeginning) {
      consumer
          .committed(Set.copyOf(partitions))
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  starts.merge(partition, committed.offset(), Math::max);
                }
              });
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    starts.forEach(consumer::seek);
    return new Backlog(consumer, starts, ends);
  }

  /** The next records, none that came after the start. */
  List<ConsumerRecord<byte[], byte[]>> poll() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.offset() < ends.get(partition(record))) {
        records.add(record);
      }
    }
    return records;
  }

  /** Whether all is behind; partitions that are get no more polls. */
  boolean finished() {
    List<TopicPartition> done =
        ends.entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) >= end.getValue())
            .map(Map.Entry::getKey)
            .toList();
    consumer.pause(done);
    return done.size() == ends.size();
  }

  /** Offsets from the start to the end. */
  long total() {
    return ends.keySet().stream().mapToLong(this::total).sum();
  }

  /** Offsets from the start to where it is. */
  long passed() {
    return ends.keySet().stream()
        .mapToLong(
            partition ->
                Math.max(
                    0,
                    Math.min(
                        total(partition), consumer.position(partition) - starts.get(partition))))
        .sum();
  }

  /** Where a record stands. */
  static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private long total(TopicPartition partition) {
    return Math.max(0, ends.get(partition) - starts.get(partition));
  }
}
