package io.lgvq.benchmarks;

import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs one stage over a topic that is full already, and takes the time from its first batch to its
 * last.
 *
 * <p>The start of the stream (join, assignment, first fetch) is left out, because it does not grow
 * with the feed; everything that does (fetch, Avro, slots, changelog, transactions) is in.
 *
 * <p>Threading: {@link #recordsPerSecond} blocks its caller; the listener is called on the stream
 * thread.
 */
final class StageRun implements StageListener {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int expected;
  private final AtomicInteger drained = new AtomicInteger();
  private final AtomicLong first = new AtomicLong();
  private final AtomicInteger firstBatch = new AtomicInteger();
  private final AtomicLong last = new AtomicLong();
  private final CountDownLatch done = new CountDownLatch(1);

  /**
   * @param expected records in the input topic
   */
  StageRun(int expected) {
    this.expected = expected;
  }

  /** Records a second of stream time, the first batch not counted. */
  double recordsPerSecond(
      Function<StageListener, Stage> make, String bootstrap, String prefix, Path state)
      throws InterruptedException {
    Stage stage = make.apply(this);
    var settings = StreamsSettings.standard(bootstrap, state);
    var properties = settings.properties(stage.name());
    properties.put(
        StreamsConfig.APPLICATION_ID_CONFIG, prefix + settings.applicationId(stage.name()));
    try (var streams = new KafkaStreams(stage.topology(), properties)) {
      streams.start();
      if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "only %d of %d records were worked on".formatted(drained.get(), expected));
      }
    }
    return (expected - firstBatch.get()) * 1e9 / (last.get() - first.get());
  }

  @Override
  public void drained(String stage, int size, Duration operatorTime, Duration queueAge) {
    long now = System.nanoTime();
    if (first.compareAndSet(0, now)) {
      firstBatch.set(size);
    }
    last.set(now);
    if (drained.addAndGet(size) == expected) {
      done.countDown();
    }
  }
}
