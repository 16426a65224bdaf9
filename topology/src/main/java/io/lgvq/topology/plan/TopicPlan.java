package io.lgvq.topology.plan;

import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.replay.ReplayMarkers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All topics as they should be made. {@code docs/topics.md} has the same values, each with its
 * reason; a test compares them.
 *
 * @param topics in the order in which data flows, dead letters last, and then what is noted of
 *     their replays
 */
public record TopicPlan(List<PlannedTopic> topics) {

  /** Pictures, and what asks about them: long enough to mend a stage that stands still. */
  private static final Duration WEEK = Duration.ofDays(7);

  /** Small records that people come back to, and dead letters, which somebody must look at. */
  private static final Duration MONTH = Duration.ofDays(30);

  /** What a topic takes unless it is told otherwise. */
  private static final int KAFKAS_RECORD_BYTES = 1_048_588;

  /** Keeps a copy. */
  public TopicPlan {
    topics = List.copyOf(topics);
  }

  /** The plan for a broker that has none of the topics. */
  public static TopicPlan of(PlanSettings settings) {
    TopicNames names = settings.topics();
    Duration tokens = longer(MONTH, settings.answers().tokensRetention());
    Duration questions = longer(WEEK, settings.answers().questionWait());
    return new TopicPlan(
        List.of(
            topic(names.images(), WEEK, settings),
            topic(names.tokens(), tokens, settings),
            topic(names.captions(), MONTH, settings),
            topic(names.questions(), questions, settings),
            topic(names.answers(), MONTH, settings),
            topic(names.reconstructions(), WEEK, settings),
            topic(names.drift(), MONTH, settings),
            topic(names.deadLetters(), MONTH, settings)
                .with(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(settings.deadLetters().roomFor(settings.recordBytes()))),
            notes(settings)));
  }

  /** One small note for each record that was replayed: its topic's last word on it, for good. */
  private static PlannedTopic notes(PlanSettings settings) {
    return topic(ReplayMarkers.topic(settings.topics().deadLetters()), MONTH, settings)
        .withPartitions(1)
        .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
        .with(TopicConfig.RETENTION_MS_CONFIG, "-1")
        .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KAFKAS_RECORD_BYTES));
  }

  /** The part of the plan that is about some topics. */
  public TopicPlan only(Collection<String> names) {
    return new TopicPlan(topics.stream().filter(topic -> names.contains(topic.name())).toList());
  }

  /**
   * The plan beside topics that are there already: topics that are read together get as many
   * partitions as the one that is there, and dead letters take what any input takes.
   *
   * @param letters what dead letters hold
   * @param stages that will run on them
   * @param there topics on the broker, by name
   */
  public TopicPlan beside(
      DeadLetterSettings letters,
      Collection<PlannedStage> stages,
      Map<String, ObservedTopic> there) {
    return new TopicPlan(
        topics.stream()
            .map(topic -> deadLetters(joined(topic, stages, there), letters, stages, there))
            .toList());
  }

  private static PlannedTopic joined(
      PlannedTopic topic, Collection<PlannedStage> stages, Map<String, ObservedTopic> there) {
    OptionalInt partners =
        stages.stream()
            .filter(stage -> stage.inputs().contains(topic.name()))
            .flatMap(stage -> observed(stage.inputs(), there))
            .mapToInt(ObservedTopic::partitions)
            .max();
    return topic.withPartitions(partners.orElse(topic.partitions()));
  }

  private static PlannedTopic deadLetters(
      PlannedTopic topic,
      DeadLetterSettings letters,
      Collection<PlannedStage> stages,
      Map<String, ObservedTopic> there) {
    long planned = Long.parseLong(topic.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    long needed =
        stages.stream()
            .filter(stage -> stage.deadLetters().equals(topic.name()))
            .flatMap(stage -> observed(stage.inputs(), there))
            .flatMapToLong(input -> input.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).stream())
            .map(bytes -> letters.roomFor(Math.toIntExact(bytes)))
            .reduce(planned, Math::max);
    return topic.with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(needed));
  }

  private static Stream<ObservedTopic> observed(
      List<String> names, Map<String, ObservedTopic> there) {
    return names.stream().filter(there::containsKey).map(there::get);
  }

  private static PlannedTopic topic(String name, Duration retention, PlanSettings settings) {
    Map<String, String> configs = new TreeMap<>();
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    configs.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.recordBytes()));
    // One broker of a set may fail; where there is no set, nothing can be asked of it.
    settings
        .replication()
        .ifPresent(
            replicas ->
                configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicas < 3 ? "1" : "2"));
    return new PlannedTopic(name, settings.partitions(), settings.replication(), configs);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
