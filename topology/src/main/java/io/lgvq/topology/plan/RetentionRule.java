package io.lgvq.topology.plan;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** What the broker deletes before it has been read is lost. */
final class RetentionRule {

  /** The shortest time in which somebody notices that a stage stands still, and mends it. */
  private static final Duration OUTAGE = Duration.ofDays(1);

  private RetentionRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    return surveyed
        .all()
        .filter(
            topic ->
                topic
                    .text(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_DELETE))
                    .isPresent())
        .flatMap(topic -> Stream.concat(time(surveyed, topic), size(surveyed, topic)));
  }

  private static Stream<Finding> time(Surveyed surveyed, ObservedTopic topic) {
    OptionalLong retention = topic.number(TopicConfig.RETENTION_MS_CONFIG);
    if (retention.isEmpty() || retention.getAsLong() < 0) {
      return Stream.empty();
    }
    var kept = Duration.ofMillis(retention.getAsLong());
    var names = surveyed.settings().topics();
    var answers = surveyed.settings().answers();
    boolean joined = topic.name().equals(names.questions()) || topic.name().equals(names.tokens());
    if (joined && answersRun(surveyed) && kept.compareTo(answers.questionWait()) < 0) {
      return Stream.of(
          Finding.error(
              topic.name(),
              "Topic '%s' keeps its records for %s, less than the %s that a question may wait (lgvq.answer.question-wait): questions and the tokens they wait for are lost in a restart. Raise its retention.ms to %d or more.",
              topic.name(),
              days(kept),
              days(answers.questionWait()),
              planned(surveyed, topic)));
    }
    if (topic.name().equals(names.tokens())
        && answersRun(surveyed)
        && kept.compareTo(answers.tokensRetention()) < 0) {
      return Stream.of(
          Finding.warning(
              topic.name(),
              "Topic '%s' keeps its records for %s, less than the %s that an image can be asked about (lgvq.answer.tokens-retention): an answer stage that starts anew knows fewer images. Raise its retention.ms to %d or more.",
              topic.name(),
              days(kept),
              days(answers.tokensRetention()),
              planned(surveyed, topic)));
    }
    if ((surveyed.isRead(topic) || surveyed.isDeadLetters(topic)) && kept.compareTo(OUTAGE) < 0) {
      return Stream.of(
          Finding.warning(
              topic.name(),
              "Topic '%s' keeps its records for %s: what nobody has read by then, in an outage for instance, is lost. Raise its retention.ms to %d or so.",
              topic.name(),
              days(kept),
              planned(surveyed, topic)));
    }
    return Stream.empty();
  }

  private static Stream<Finding> size(Surveyed surveyed, ObservedTopic topic) {
    OptionalLong most = topic.number(TopicConfig.RETENTION_BYTES_CONFIG);
    if (most.isEmpty()
        || most.getAsLong() < 0
        || !(surveyed.isRead(topic) || surveyed.isDeadLetters(topic))) {
      return Stream.empty();
    }
    return Stream.of(
        Finding.warning(
            topic.name(),
            "Topic '%s' keeps %d bytes a partition at most (retention.bytes): in an outage a busy feed pushes out what nobody has read. Set it to -1, or be sure that so much is never waiting.",
            topic.name(),
            most.getAsLong()));
  }

  private static boolean answersRun(Surveyed surveyed) {
    return surveyed.stages().stream()
        .anyMatch(stage -> stage.inputs().contains(surveyed.settings().topics().questions()));
  }

  private static long planned(Surveyed surveyed, ObservedTopic topic) {
    return TopicPlan.of(surveyed.settings()).topics().stream()
        .filter(planned -> planned.name().equals(topic.name()))
        .mapToLong(
            planned -> Long.parseLong(planned.configs().get(TopicConfig.RETENTION_MS_CONFIG)))
        .findFirst()
        .orElseThrow();
  }

  private static String days(Duration time) {
    return time.toDays() > 0 && time.equals(Duration.ofDays(time.toDays()))
        ? time.toDays() + " d"
        : time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
