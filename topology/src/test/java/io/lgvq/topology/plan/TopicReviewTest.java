package io.lgvq.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.plan.Finding.Severity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicReviewTest {

  private static final PlanSettings SETTINGS = PlanSettings.standard();
  private static final TopicNames NAMES = SETTINGS.topics();
  private static final List<PlannedStage> STAGES = PlannedStage.all(NAMES);

  private final Map<String, ObservedTopic> there = planned();

  @Test
  void shouldFindNothingWrongWithTopicsAsPlanned() {
    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "images, cleanup.policy, compact, ERROR, each of them counts",
    "questions, cleanup.policy, 'compact,delete', ERROR, each of them counts",
    "dead-letters, cleanup.policy, compact, ERROR, takes no record without a key",
    "tokens, cleanup.policy, compact, WARNING, comes twice",
    "questions, retention.ms, 299000, ERROR, keeps its records for 299 s",
    "tokens, retention.ms, 299000, ERROR, lgvq.answer.question-wait",
    "tokens, retention.ms, 518400000, WARNING, keeps its records for 6 d",
    "images, retention.ms, 3600000, WARNING, in an outage",
    "dead-letters, retention.ms, 3600000, WARNING, in an outage",
    "images, retention.bytes, 1000000, WARNING, retention.bytes",
    "images, max.message.bytes, 1048588, ERROR, lgvq.image.max-bytes",
    "dead-letters, max.message.bytes, 1048588, ERROR, Raise its max.message.bytes to 21299200",
    "captions, max.message.bytes, 1048588, WARNING, headers travel",
    "dead-letters-replayed, cleanup.policy, 'compact,delete', ERROR, would send it again",
    "images, compression.type, zstd, WARNING, Set it to producer",
    "images, min.insync.replicas, 4, ERROR, every write of a stage is refused",
    "images, min.insync.replicas, 3, WARNING, one broker that is down",
    "images, min.insync.replicas, 1, WARNING, Set min.insync.replicas to 2",
    "tokens, unclean.leader.election.enable, true, ERROR, Set it to false",
    "tokens, message.timestamp.type, LogAppendTime, WARNING, Set it to CreateTime",
    "captions, message.timestamp.before.max.ms, 1000, ERROR, stage caption takes"
  })
  void shouldNameTheMistakeAndWhatToDo(
      String topic, String config, String value, Severity severity, String said) {
    String name = "lgvq." + topic;
    set(name, config, value);

    assertThat(findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.severity()).isEqualTo(severity);
              assertThat(found.topic()).isEqualTo(name);
              assertThat(found.sentence()).contains("'" + name + "'", said).endsWith(".");
            });
  }

  @Test
  void shouldFindMissingTopicAndWhoNeedsIt() {
    there.remove(NAMES.tokens());

    assertThat(findings())
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.sentence())
                    .isEqualTo(
                        "Topic 'lgvq.tokens' is missing: stage tokenize, caption, answer, reconstruct, drift does not start without it. Make it with 'lgvq topics create'."));
  }

  @Test
  void shouldFindTokensAndQuestionsThatDoNotMeet() {
    there.put(NAMES.questions(), replaced(NAMES.questions(), 8, 3));
    there.put(NAMES.captions(), replaced(NAMES.captions(), 5, 3));

    assertThat(findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.severity()).isEqualTo(Severity.ERROR);
              assertThat(found.sentence()).contains("{lgvq.questions=8, lgvq.tokens=4}");
            });
  }

  @Test
  void shouldWarnOfASingleReplica() {
    there.replaceAll((name, topic) -> new ObservedTopic(name, 4, 1, without(topic)));

    assertThat(findings())
        .hasSameSizeAs(there.keySet())
        .allMatch(found -> found.severity() == Severity.WARNING);
  }

  @Test
  void shouldSayThatItCouldNotLook() {
    there.put(NAMES.images(), new ObservedTopic(NAMES.images(), 4, 3, Map.of()));

    assertThat(findings())
        .singleElement()
        .satisfies(found -> assertThat(found.sentence()).contains("DescribeConfigs"));
  }

  @Test
  void shouldNotAskOfATopicWhatItsStagesDoNotNeed() {
    set(NAMES.tokens(), "retention.ms", Long.toString(Duration.ofDays(2).toMillis()));
    there.remove(NAMES.questions());
    var caption = STAGES.stream().filter(stage -> stage.name().equals("caption")).toList();

    assertThat(TopicReview.of(SETTINGS, caption, there)).isEmpty();
  }

  @Test
  void shouldAskForNoMoreRoomThanDeadLettersTake() {
    var letters = new DeadLetterSettings(1_000);
    set(NAMES.deadLetters(), "max.message.bytes", Integer.toString(letters.roomFor(1 << 30)));

    assertThat(TopicReview.of(holding(letters), STAGES, there)).isEmpty();
    set(NAMES.deadLetters(), "max.message.bytes", "1000");
    assertThat(TopicReview.of(holding(letters), STAGES, there))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.sentence())
                    .contains("Raise its max.message.bytes to " + letters.roomFor(1 << 30)));
  }

  private static PlanSettings holding(DeadLetterSettings letters) {
    return new PlanSettings(
        NAMES,
        SETTINGS.partitions(),
        SETTINGS.replication(),
        SETTINGS.imageBytes(),
        SETTINGS.answers(),
        letters);
  }

  @Test
  void shouldPutErrorsFirst() {
    set(NAMES.images(), "compression.type", "gzip");
    there.remove(NAMES.deadLetters());

    assertThat(findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR, Severity.WARNING);
  }

  private List<Finding> findings() {
    return TopicReview.of(SETTINGS, STAGES, there);
  }

  private void set(String name, String config, String value) {
    there.compute(
        name,
        (same, topic) -> {
          Map<String, String> configs = new HashMap<>(topic.configs());
          configs.put(config, value);
          return new ObservedTopic(name, topic.partitions(), topic.replication(), configs);
        });
  }

  private ObservedTopic replaced(String name, int partitions, int replication) {
    return new ObservedTopic(name, partitions, replication, there.get(name).configs());
  }

  private static Map<String, String> without(ObservedTopic topic) {
    Map<String, String> configs = new HashMap<>(topic.configs());
    configs.put("min.insync.replicas", "1");
    return configs;
  }

  /** Three replicas, and Kafka's defaults where the plan says nothing. */
  private static Map<String, ObservedTopic> planned() {
    Map<String, ObservedTopic> topics = new TreeMap<>();
    TopicPlan.of(SETTINGS)
        .topics()
        .forEach(
            topic -> {
              Map<String, String> configs = new HashMap<>(topic.configs());
              configs.put("retention.bytes", "-1");
              configs.put("min.insync.replicas", "2");
              configs.put("unclean.leader.election.enable", "false");
              configs.put("message.timestamp.type", "CreateTime");
              configs.put("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
              configs.put("message.timestamp.after.max.ms", "3600000");
              topics.put(
                  topic.name(), new ObservedTopic(topic.name(), topic.partitions(), 3, configs));
            });
    return topics;
  }
}
