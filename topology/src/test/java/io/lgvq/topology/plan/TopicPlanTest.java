package io.lgvq.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicPlanTest {

  private static final TopicNames NAMES = TopicNames.standard();
  private static final List<PlannedStage> STAGES = PlannedStage.all(NAMES);

  @Test
  void shouldPlanWhatTheDocumentationSays() throws Exception {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/topics.md")).stream()
            .filter(line -> line.startsWith("| `lgvq."))
            .map(line -> line.replaceAll(" \\(\\d+ d\\)", ""))
            .toList();
    assertThat(rows)
        .isEqualTo(
            TopicPlan.of(PlanSettings.standard()).topics().stream()
                .map(
                    topic ->
                        "| `%s` | %s | %s | %s | %s |"
                            .formatted(
                                topic.name(),
                                topic.configs().get("cleanup.policy"),
                                topic.configs().get("retention.ms"),
                                topic.configs().get("compression.type"),
                                topic.configs().get("max.message.bytes")))
                .toList());
  }

  @Test
  void shouldLetOneOfThreeReplicasFailAndAskNothingOfASingleBroker() {
    assertThat(of(3).configs()).containsEntry("min.insync.replicas", "2");
    assertThat(of(1).configs()).containsEntry("min.insync.replicas", "1");
    assertThat(TopicPlan.of(PlanSettings.standard()).topics())
        .allSatisfy(
            topic -> {
              assertThat(topic.configs()).doesNotContainKey("min.insync.replicas");
              assertThat(topic.newTopic().replicationFactor()).isEqualTo((short) -1);
            });
  }

  @Test
  void shouldKeepTokensAsLongAsTheyCanBeAskedAbout() {
    var answers = new AnswerSettings(Duration.ofDays(90), Duration.ofDays(10), 1_000);
    var plan =
        TopicPlan.of(
            new PlanSettings(
                NAMES, 4, Optional.empty(), 1 << 20, answers, DeadLetterSettings.whole()));

    assertThat(topic(plan, NAMES.tokens()).configs())
        .containsEntry("retention.ms", Long.toString(Duration.ofDays(90).toMillis()));
    assertThat(topic(plan, NAMES.questions()).configs())
        .containsEntry("retention.ms", Long.toString(Duration.ofDays(10).toMillis()));
  }

  @Test
  void shouldFitMissingTopicsToThoseThatAreThere() {
    var tokens = new ObservedTopic(NAMES.tokens(), 12, 1, Map.of());
    var images = new ObservedTopic(NAMES.images(), 6, 1, Map.of("max.message.bytes", "30000000"));
    var plan =
        TopicPlan.of(PlanSettings.standard())
            .beside(
                DeadLetterSettings.whole(),
                STAGES,
                Map.of(tokens.name(), tokens, images.name(), images));

    assertThat(topic(plan, NAMES.questions()).partitions()).isEqualTo(12);
    assertThat(topic(plan, NAMES.captions()).partitions()).isEqualTo(4);
    assertThat(topic(plan, NAMES.deadLetters()).configs())
        .containsEntry("max.message.bytes", Integer.toString(30_000_000 + 64 * 1024));
  }

  @Test
  void shouldTakeTheTopicsOfSomeStagesAlone() {
    var caption = STAGES.stream().filter(stage -> stage.name().equals("caption")).toList();

    assertThat(TopicPlan.of(PlanSettings.standard()).only(PlannedStage.topics(caption)).topics())
        .extracting(PlannedTopic::name)
        .containsExactly(NAMES.tokens(), NAMES.captions(), NAMES.deadLetters());
  }

  @Test
  void shouldRefuseCountsBelowOne() {
    assertThatThrownBy(
            () ->
                new PlanSettings(
                    NAMES,
                    0,
                    Optional.empty(),
                    1,
                    AnswerSettings.standard(),
                    DeadLetterSettings.whole()))
        .hasMessageContaining("partitions");
    assertThatThrownBy(() -> of(0)).hasMessageContaining("replication");
  }

  @Test
  void shouldGiveDeadLettersNoMoreRoomThanTheyTake() {
    var letters = new DeadLetterSettings(1_000);
    var settings =
        new PlanSettings(NAMES, 4, Optional.empty(), 1 << 20, AnswerSettings.standard(), letters);
    var images = new ObservedTopic(NAMES.images(), 4, 3, Map.of("max.message.bytes", "9000000"));

    TopicPlan plan = TopicPlan.of(settings);
    TopicPlan beside =
        plan.beside(letters, PlannedStage.all(NAMES), Map.of(NAMES.images(), images));

    String room = Integer.toString(RecordLimits.roomFor(1_000));
    assertThat(topic(plan, NAMES.deadLetters()).configs()).containsEntry("max.message.bytes", room);
    assertThat(topic(beside, NAMES.deadLetters()).configs())
        .containsEntry("max.message.bytes", room);
  }

  private static PlannedTopic of(int replication) {
    var settings =
        new PlanSettings(
            NAMES,
            4,
            Optional.of((short) replication),
            1 << 20,
            AnswerSettings.standard(),
            DeadLetterSettings.whole());
    return TopicPlan.of(settings).topics().get(0);
  }

  private static PlannedTopic topic(TopicPlan plan, String name) {
    return plan.topics().stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
