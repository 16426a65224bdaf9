package io.lgvq.soak.verify;

import io.lgvq.soak.course.RecordId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all that is committed in the output topics, from their beginning and as it comes, on a
 * thread of its own. Ownership: whoever starts it closes it.
 */
public final class OutputReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Verifier verifier;
  private final BiConsumer<TopicPartition, RecordId> heard;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
  private volatile boolean noting;
  private final Thread thread = new Thread(this::run, "soak-reader");

  /**
   * @param topics to read, which exist
   * @param verifier is shown every record
   * @param heard is told which record of the feed came out where, on the reader's thread
   */
  public OutputReader(
      String bootstrapServers,
      Collection<String> topics,
      Verifier verifier,
      BiConsumer<TopicPartition, RecordId> heard) {
    this.verifier = verifier;
    this.heard = heard;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "fetch.max.wait.ms",
                50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** All partitions that it reads. */
  public List<TopicPartition> partitions() {
    return partitions;
  }

  /**
   * Waits until it has read up to some offsets.
   *
   * @param ends of partitions that it reads
   * @return those that it has not come to the end of in time; empty if all is read
   * @throws IllegalStateException if it has stopped
   */
  public Set<TopicPartition> awaitEnds(Map<TopicPartition, Long> ends, Duration patience)
      throws InterruptedException {
    noting = true;
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      check();
      Set<TopicPartition> before =
          ends.keySet().stream()
              .filter(partition -> read.getOrDefault(partition, 0L) < ends.get(partition))
              .collect(Collectors.toSet());
      if (before.isEmpty() || System.nanoTime() > deadline) {
        return before;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /**
   * Throws what stopped it, if anything did.
   *
   * @throws IllegalStateException if it has stopped
   */
  public void check() {
    if (failure.get() != null) {
      throw new IllegalStateException("outputs can no longer be read", failure.get());
    }
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    thread.join();
    consumer.close();
  }

  /** All records before a position were shown to the verifier; ends of transactions count, too. */
  private void notePositions() {
    for (TopicPartition partition : partitions) {
      try {
        read.put(partition, consumer.position(partition, POLL));
      } catch (TimeoutException e) {
        // Its leader has just changed: it is asked again after the next poll.
      }
    }
  }

  private void run() {
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> output : consumer.poll(POLL)) {
          Optional<RecordId> record = verifier.accept(output);
          record.ifPresent(
              id -> heard.accept(new TopicPartition(output.topic(), output.partition()), id));
        }
        if (noting) {
          notePositions();
        }
      }
    } catch (WakeupException e) {
      // Asked to end.
    } catch (RuntimeException | Error e) {
      // Nobody would notice that this thread has ended, but for an account of nothing.
      failure.set(e);
    }
  }
}
