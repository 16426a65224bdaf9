package io.lgvq.topology.rig;

import static org.awaitility.Awaitility.await;

import io.lgvq.topology.clock.SteadyTime;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicLimits;
import io.lgvq.topology.transaction.StageClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** A stage on the cluster's broker. */
public final class RunningStage implements AutoCloseable {

  private final KafkaStreams streams;
  private final String applicationId;

  private RunningStage(KafkaStreams streams, String applicationId) {
    this.streams = streams;
    this.applicationId = applicationId;
  }

  /**
   * Starts an instance of a stage and returns when it runs.
   *
   * @param prefix of its application id
   * @param instance names its state and its membership
   */
  public static RunningStage start(Stage stage, String prefix, String instance) {
    Properties properties = properties(stage, prefix, instance);
    var running =
        new RunningStage(
            new KafkaStreams(
                stage.topology(), properties, StageClients.of(properties), new SteadyTime()),
            properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
    running.streams.start();
    running.awaitState(KafkaStreams.State.RUNNING);
    return running;
  }

  private static Properties properties(Stage stage, String prefix, String instance) {
    Cluster cluster = Cluster.get();
    Path state = cluster.stateFolder(prefix + instance);
    var topics = new ArrayList<>(stage.inputs());
    topics.addAll(stage.outputs());
    try (Admin admin = cluster.admin()) {
      return settings(cluster.bootstrapServers(), prefix, instance, state)
          .withLimits(TopicLimits.ask(topics, admin).of(stage, 1 << 20))
          .properties(stage.name());
    }
  }

  /** Exactly once, with commits and transactions short enough for tests. */
  public static StreamsSettings settings(
      String bootstrapServers, String prefix, String instance, Path state) {
    return new StreamsSettings(
        bootstrapServers,
        prefix,
        Optional.of(instance),
        true,
        1,
        Duration.ofMillis(200),
        Duration.ofMillis(800),
        RecordLimits.of(1 << 20),
        state,
        Map.of("state.cleanup.delay.ms", "600000"));
  }

  /** Returns when the instance is in a state; fails after a minute. */
  public void awaitState(KafkaStreams.State state) {
    await().atMost(Duration.ofMinutes(1)).until(() -> streams.state() == state);
  }

  /** Returns when it has so many partitions at least, or fails after a minute. */
  public void awaitPartitions(int count) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                streams.metadataForLocalThreads().stream()
                        .mapToInt(thread -> thread.activeTasks().size())
                        .sum()
                    >= count);
  }

  /** Returns when it has committed that it read so many records, or fails after a minute. */
  public void awaitRead(long count) {
    try (var admin = Cluster.get().admin()) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  admin
                          .listConsumerGroupOffsets(applicationId)
                          .partitionsToOffsetAndMetadata()
                          .get()
                          .values()
                          .stream()
                          .mapToLong(OffsetAndMetadata::offset)
                          .sum()
                      == count);
    }
  }

  /** The state it is in. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Stops the instance in order, and takes it out of its group. */
  @Override
  public void close() {
    streams.close(
        CloseOptions.timeout(Duration.ofSeconds(30))
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
  }
}
