package io.lgvq.app.metrics;

import io.lgvq.operators.drift.Drift;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.observe.StageListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the stages do, as metrics; {@code docs/metrics.md} lists them. Work of an aborted
 * transaction counts twice, for it was done twice.
 *
 * <p>Threading: safe for all stream threads at once.
 */
@ApplicationScoped
public class StageMetrics implements StageListener {
  /**
   * How often Kafka's meters are looked for anew: it has the lag of a partition from the first
   * fetch on, and new ones after each rebalance.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final MeterRegistry registry;
  private final Map<String, Meters> stages = new ConcurrentHashMap<>();
  private final DriftGauges drift;

  StageMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.drift = new DriftGauges(registry);
  }

  /**
   * A stage's meters are there from the start on, at zero, so that alerts see the first increase.
   */
  private void register(String stage) {
    meters(stage);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters(stage, reason);
    }
  }

  /**
   * Shows whether a stage runs, and what Kafka Streams measures of it, until closed.
   *
   * @param stage name of the stage
   * @param running whether it works on its partitions right now
   * @param streams its client
   * @return takes the meters away again
   */
  public AutoCloseable watch(String stage, BooleanSupplier running, KafkaStreams streams) {
    register(stage);
    Gauge gauge =
        Gauge.builder("lgvq.stage.running", running, now -> now.getAsBoolean() ? 1 : 0)
            .description("1 while the stage works on its partitions, else 0")
            .strongReference(true)
            .tag("stage", stage)
            .register(registry);
    ScheduledExecutorService looking =
        Executors.newSingleThreadScheduledExecutor(
            look -> {
              Thread thread = new Thread(look, "kafka-meters-" + stage);
              thread.setDaemon(true);
              return thread;
            });
    KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(streams, Tags.empty(), looking, LOOK_EVERY);
    kafka.bindTo(registry);
    return () -> {
      looking.shutdownNow();
      kafka.close();
      registry.remove(gauge);
    };
  }

  @Override
  public void received(String stage, String topic) {
    Counter.builder("lgvq.records")
        .description("Records read from an input topic")
        .tags("stage", stage, "topic", topic)
        .register(registry)
        .increment();
  }

  @Override
  public void drained(String stage, int size, Duration operatorTime, Duration queueAge) {
    Meters meters = meters(stage);
    meters.batches.increment();
    meters.batchSize.record(size);
    meters.batchTime.record(operatorTime);
    meters.queueAge.record(queueAge);
  }

  @Override
  public void retrying(String stage, int attempt, RuntimeException failure) {
    meters(stage).retries.increment();
  }

  @Override
  public void deadLettered(String stage, DeadLetterReason reason) {
    deadLetters(stage, reason).increment();
  }

  @Override
  public void unknownImage(String stage) {
    meters(stage).unknownImages.increment();
  }

  @Override
  public void drifted(String stage, int partition, String codebook, Drift window) {
    drift.show(stage, partition, codebook, window);
  }

  @Override
  public void driftRetired(String stage, int partition, String codebook) {
    drift.forget(stage, partition, codebook);
  }

  @Override
  public void driftUnwatched(String stage, int partition) {
    drift.forget(stage, partition);
  }

  private Counter deadLetters(String stage, DeadLetterReason reason) {
    return Counter.builder("lgvq.dead.letters")
        .description("Records that the stage could not use, by reason")
        .tags("stage", stage, "reason", reason.code())
        .register(registry);
  }

  private Meters meters(String stage) {
    return stages.computeIfAbsent(stage, name -> new Meters(registry, name));
  }

  /** The meters of one stage that have no further tag. */
  private static final class Meters {
    private final Counter batches;
    private final DistributionSummary batchSize;
    private final Timer batchTime;
    private final Timer queueAge;
    private final Counter retries;
    private final Counter unknownImages;

    Meters(MeterRegistry registry, String stage) {
      Tags tags = Tags.of("stage", stage);
      batches =
          Counter.builder("lgvq.batches")
              .description("Micro-batches that went through the engine")
              .tags(tags)
              .register(registry);
      batchSize =
          DistributionSummary.builder("lgvq.batch.size")
              .description("Records in a micro-batch")
              .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
              .tags(tags)
              .register(registry);
      batchTime =
          Timer.builder("lgvq.batch.time")
              .description("Time of a micro-batch in the engine, retries included")
              .serviceLevelObjectives(buckets(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000))
              .tags(tags)
              .register(registry);
      queueAge =
          Timer.builder("lgvq.queue.age")
              .description("How long the oldest record of a micro-batch had waited")
              .serviceLevelObjectives(buckets(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000))
              .tags(tags)
              .register(registry);
      retries =
          Counter.builder("lgvq.engine.retries")
              .description("Failed calls of the engine that were tried again")
              .tags(tags)
              .register(registry);
      unknownImages =
          Counter.builder("lgvq.unknown.images")
              .description("Questions answered UNKNOWN_IMAGE because no tokens came in time")
              .tags(tags)
              .register(registry);
    }

    private static Duration[] buckets(int... milliseconds) {
      Duration[] buckets = new Duration[milliseconds.length];
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = Duration.ofMillis(milliseconds[i]);
      }
      return buckets;
    }
  }
}
