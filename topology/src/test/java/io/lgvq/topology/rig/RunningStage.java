package io.lgvq.topology.rig;

import static org.awaitility.Awaitility.await;

import io.lgvq.topology.client.StageClients;
import io.lgvq.topology.clock.SteadyTime;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** A stage on the cluster's broker. */
public final class RunningStage implements AutoCloseable {

  private final KafkaStreams streams;
  private final String applicationId;
  private final Restored restored = new Restored();

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
    return start(stage, prefix, instance, Map.of());
  }

  /**
   * Starts an instance of a stage with properties of its own and returns when it runs.
   *
   * @param prefix of its application id
   * @param instance names its state and its membership
   * @param overrides properties of Kafka Streams
   */
  public static RunningStage start(
      Stage stage, String prefix, String instance, Map<String, String> overrides) {
    Properties properties = properties(stage, prefix, instance);
    properties.putAll(overrides);
    var running =
        new RunningStage(
            new KafkaStreams(
                stage.topology(), properties, StageClients.of(properties), new SteadyTime()),
            properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
    running.streams.setGlobalStateRestoreListener(running.restored);
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

  /** Returns when it has exactly so many partitions, or fails after two minutes. */
  public void awaitExactPartitions(int count) {
    await().atMost(Duration.ofMinutes(2)).until(() -> tasks(ThreadMetadata::activeTasks) == count);
  }

  /**
   * Returns when it holds a copy of other instances' partitions that is all but complete, or fails
   * after two minutes.
   */
  public void awaitStandbys(int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                tasks(ThreadMetadata::standbyTasks) == count
                    && streams.allLocalStorePartitionLags().values().stream()
                        .flatMap(stores -> stores.values().stream())
                        // Ends of transactions stand in the changelog too.
                        .allMatch(lag -> lag.offsetLag() < 10));
  }

  private int tasks(Function<ThreadMetadata, Set<TaskMetadata>> kind) {
    return streams.metadataForLocalThreads().stream()
        .mapToInt(thread -> kind.apply(thread).size())
        .sum();
  }

  /** Records that were read from changelogs to build its state, so far. */
  public long restored() {
    return restored.records.get();
  }

  /** The sum of a metric over all that has it. */
  public double metric(String name) {
    return streams.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .mapToDouble(metric -> (Double) metric.metricValue())
        .filter(value -> !Double.isNaN(value))
        .sum();
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

  private static final class Restored implements StateRestoreListener {

    private final AtomicLong records = new AtomicLong();

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
      records.addAndGet(count);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {}
  }
}
