package io.lgvq.app.results;

import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.jboss.logging.Logger;

/**
 * Reads all partitions of the output topics into {@link Results}, from a look-back time on, and
 * sees committed records alone. It has no consumer group, so every process knows every result.
 *
 * <p>Threading: one thread of its own, which owns the consumer; it ends with {@link #close}. When
 * Kafka fails it starts over with a fresh consumer, for ever.
 */
public final class ResultsReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ResultsReader.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Map<String, Deserializer<?>> values;
  private final TopicNames topics;
  private final Duration lookBack;
  private final Results results;
  private final Thread thread;
  private volatile boolean closed;
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
    this.values =
        Map.of(
            topics.tokens(), serdes.tokens().deserializer(),
            topics.captions(), serdes.captions().deserializer(),
            topics.reconstructions(), serdes.reconstructions().deserializer(),
            topics.answers(), serdes.answers().deserializer());
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

  /** Stops reading and waits until it has, two seconds at most. */
  @Override
  public void close() {
    closed = true;
    current.ifPresent(Consumer::wakeup);
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        current = Optional.of(consumer);
        seek(consumer);
        while (!closed) {
          consumer.poll(POLL).forEach(this::take);
        }
      } catch (WakeupException | InterruptException e) {
        // Only close() wakes or interrupts; the loop's condition decides.
      } catch (KafkaException e) {
        LOG.warnf("Results cannot be read at the moment, trying again: %s", e.getMessage());
        pause();
      }
    }
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
    try {
      Deserializer<?> reader = values.get(record.topic());
      Optional.ofNullable(reader.deserialize(record.topic(), record.headers(), record.value()))
          .ifPresent(results::put);
    } catch (UnreadableRecordException e) { // anything else is no fault of the record: start over
      LOG.warnf(
          "Record %s-%d@%d is no result that can be read: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
    }
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

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
