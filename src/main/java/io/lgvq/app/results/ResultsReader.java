package io.lgvq.app.results;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.event.EventReader;
import io.lgvq.topology.event.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.jboss.logging.Logger;

/**
 * Reads all partitions of the output topics into {@link Results}, from a look-back time on, and
 * sees committed records alone. It has no consumer group, so every process knows every result.
 *
 * <p>Whatever fails, Kafka, the registry or a bug of ours, it says so ({@link #trouble}) and starts
 * over with a fresh consumer, for ever and ever more slowly: the stages need no results.
 *
 * <p>Threading: one thread of its own, which owns the consumer; it ends with {@link #close}, or
 * with an error of the JVM ({@link #alive}).
 */
public final class ResultsReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ResultsReader.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Map<String, EventReader<?>> readers;
  private final TopicNames topics;
  private final Duration lookBack;
  private final Results results;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> trouble = Optional.of("has not begun to read");
  private volatile Optional<Consumer<byte[], byte[]>> current = Optional.empty();

  /**
   * @param consumers makes a consumer without group that reads committed records
   * @param serdes read the events
   * @param topics names of all topics
   * @param lookBack how far back to begin
   * @param results where to
   */
  public ResultsReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      EventSerdes serdes,
      TopicNames topics,
      Duration lookBack,
      Results results) {
    this.consumers = consumers;
    this.readers =
        Map.of(
            topics.tokens(), reader(serdes.tokens(), ImageTokens::getImageId),
            topics.captions(), reader(serdes.captions(), Caption::getImageId),
            topics.reconstructions(), reader(serdes.reconstructions(), Reconstruction::getImageId),
            topics.answers(), reader(serdes.answers(), Answer::getImageId));
    this.topics = topics;
    this.lookBack = lookBack;
    this.results = results;
    this.thread = new Thread(this::run, "lgvq-results");
    this.thread.setDaemon(true);
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** Why results cannot be read at the moment; nothing while they can. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Whether it reads, or will try again; false only when its thread has died of an error. */
  public boolean alive() {
    return closing() || thread.getState() != Thread.State.TERMINATED;
  }

  /** Stops reading and waits until it has, two seconds at most. */
  @Override
  public void close() {
    closed.countDown();
    current.ifPresent(Consumer::wakeup);
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    while (!closing()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        current = Optional.of(consumer);
        seek(consumer);
        while (!closing()) {
          consumer.poll(POLL).forEach(this::take);
          trouble = Optional.empty();
          pause = SHORTEST_PAUSE;
        }
      } catch (WakeupException | InterruptException e) {
        // Only close() wakes or interrupts; the loop's condition decides.
      } catch (KafkaException e) {
        LOG.warnf(
            "Results cannot be read, next try in %d s: %s", pause.toSeconds(), e.getMessage());
        pause = failed(e, pause);
      } catch (RuntimeException e) { // none that we know of: the log needs the stack trace
        LOG.errorf(e, "Results cannot be read, next try in %d s", pause.toSeconds());
        pause = failed(e, pause);
      }
    }
  }

  private boolean closing() {
    return closed.getCount() == 0;
  }

  /** Waits, unless it is closed, and says how long to wait the next time. */
  private Duration failed(RuntimeException failure, Duration pause) {
    trouble = Optional.of(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    try {
      boolean unused = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS); // the loop looks
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private void seek(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        List.of(
                topics.tokens(),
                topics.captions(),
                topics.reconstructions(),
                topics.answers(),
                topics.deadLetters())
            .stream()
            .map(consumer::partitionsFor)
            .flatMap(Collection::stream)
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    long from = System.currentTimeMillis() - lookBack.toMillis();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, from));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      Optional.ofNullable(offsets.get(partition))
          .ifPresentOrElse(
              found -> consumer.seek(partition, found.offset()),
              () -> consumer.seekToEnd(List.of(partition)));
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(topics.deadLetters())) {
      refuse(record);
      return;
    }
    if (record.value() == null) {
      return; // a tombstone is no result
    }
    Verdict<?> verdict = readers.get(record.topic()).read(arrival(record));
    if (verdict instanceof Verdict.Accepted<?> accepted) {
      results.put(accepted.value());
    } else if (verdict instanceof Verdict.Rejected<?> rejected) {
      // Not the detail: a platform's own deserializer may quote the record in it.
      LOG.warnf(
          "Record %s-%d@%d is no result that can be read: %s",
          record.topic(), record.partition(), record.offset(), rejected.reason().code());
    }
  }

  private static Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
    return new Arrival(
        record.key(),
        record.value(),
        Math.max(0, record.timestamp()),
        record.headers(),
        new Origin(record.topic(), record.partition(), record.offset()));
  }

  private static <T> EventReader<T> reader(Serde<T> serde, Function<T, String> imageId) {
    return new EventReader<>(serde.deserializer(), imageId);
  }

  private void refuse(ConsumerRecord<byte[], byte[]> record) {
    String origin = text(record, DeadLetters.TOPIC);
    boolean ofImage = origin.equals(topics.images()) || origin.equals(topics.tokens());
    if (ofImage && record.key() != null) {
      results.refuse(
          new String(record.key(), StandardCharsets.UTF_8),
          new Refusal(
              text(record, DeadLetters.STAGE),
              text(record, DeadLetters.REASON),
              text(record, DeadLetters.DETAIL)));
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return Optional.ofNullable(record.headers().lastHeader(header))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .orElse("");
  }
}
