package io.lgvq.app.stage;

import io.lgvq.topology.client.StageClients;
import io.lgvq.topology.clock.SteadyTime;
import io.lgvq.topology.stage.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * One stage on its own Kafka Streams client.
 *
 * <p>A failure that reaches us has been retried by the stage already, so the client is shut down
 * and the reason kept: liveness tells it, and the platform restarts the process. Replacing the
 * thread instead would hide a broken engine behind an endless loop.
 *
 * <p>Threading: safe for any number of threads. Ownership: whoever made it closes it.
 */
public final class RunningStage implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RunningStage.class);

  private final String name;
  private final KafkaStreams streams;
  private final Duration grace;
  private volatile Optional<StageFailure> failure = Optional.empty();

  RunningStage(Stage stage, Properties properties, Duration grace) {
    this.name = stage.name();
    this.grace = grace;
    this.streams =
        new KafkaStreams(
            stage.topology(), properties, StageClients.of(properties), new SteadyTime());
    streams.setUncaughtExceptionHandler(
        thrown -> {
          StageFailure stopped = StageFailure.of(thrown);
          failure = Optional.of(stopped);
          LOG.errorf(thrown, "Stage %s stopped: %s", name, stopped.reason());
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> LOG.infof("Stage %s: %s (was %s)", name, now, before));
  }

  void start() {
    streams.start();
  }

  /** Name of the stage, for instance {@code tokenize}. */
  public String name() {
    return name;
  }

  /** What its Kafka Streams client is doing. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Why it stopped, if it did. */
  public Optional<StageFailure> failure() {
    return failure;
  }

  /** Whether it can do work now or soon: not failed, not stopped. */
  public boolean alive() {
    KafkaStreams.State state = streams.state();
    return failure.isEmpty()
        && state != KafkaStreams.State.ERROR
        && state != KafkaStreams.State.PENDING_ERROR
        && state != KafkaStreams.State.NOT_RUNNING;
  }

  /** Whether it works on its partitions right now. */
  public boolean running() {
    return failure.isEmpty() && streams.state() == KafkaStreams.State.RUNNING;
  }

  /** The client, for metrics. */
  KafkaStreams streams() {
    return streams;
  }

  /** Finishes the batch in hand, commits, and stops; within the grace period. */
  @Override
  public void close() {
    if (!streams.close(grace)) {
      LOG.warnf("Stage %s did not stop within %s", name, grace);
    }
  }
}
