package io.lgvq.topology.rig;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads topics all the time, as a consumer of committed records does, and notes when each record
 * came: what a user sees of a gap.
 *
 * <p>Threading: reads on a thread of its own; safe for any other.
 */
public final class Visible implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * A record that came.
   *
   * @param record as it was read
   * @param nanos when, by {@link System#nanoTime}
   */
  private record Seen(ConsumerRecord<String, byte[]> record, long nanos) {}

  /**
   * A time in which nothing came.
   *
   * @param from when the last record before it came, by {@link System#nanoTime}
   * @param to when the next one came
   */
  public record Gap(long from, long to) {

    /** How long it is. */
    public Duration length() {
      return Duration.ofNanos(to - from);
    }
  }

  private final Map<String, Queue<Seen>> seen = new ConcurrentHashMap<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread = new Thread(this::read, "visible");
  private volatile boolean closing;

  /** Starts to read topics from their beginning. */
  public Visible(String bootstrapServers, String... topics) {
    consumer = Committed.consumer(bootstrapServers, topics);
    Arrays.stream(topics).forEach(topic -> seen.put(topic, new ConcurrentLinkedQueue<>()));
    thread.start();
  }

  /** What has come of a topic so far, in order. */
  public List<ConsumerRecord<String, byte[]>> records(String topic) {
    return seen.get(topic).stream().map(Seen::record).toList();
  }

  /** The times between two records of a topic that came one after the other. */
  public List<Gap> gaps(String topic) {
    long[] times = seen.get(topic).stream().mapToLong(Seen::nanos).toArray();
    return IntStream.range(1, times.length).mapToObj(i -> new Gap(times[i - 1], times[i])).toList();
  }

  private void read() {
    while (!closing) {
      consumer
          .poll(POLL)
          .forEach(record -> seen.get(record.topic()).add(new Seen(record, System.nanoTime())));
    }
    consumer.close();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
