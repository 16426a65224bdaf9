package io.lgvq.topology.plan;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** Compaction keeps one record a key, and every key here is an image's id. */
final class CleanupRule {

  private CleanupRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    return surveyed
        .all()
        .filter(
            topic ->
                topic
                    .text(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                    .isPresent())
        .map(topic -> finding(surveyed, topic));
  }

  private static Finding finding(Surveyed surveyed, ObservedTopic topic) {
    if (surveyed.isDeadLetters(topic)) {
      return Finding.error(
          topic.name(),
          "Topic '%s' is compacted: it takes no record without a key, so a stage stops at the first one, and of an image's dead letters the last alone is kept. Set its cleanup.policy to delete.",
          topic.name());
    }
    var names = surveyed.settings().topics();
    if (Set.of(names.images(), names.questions(), names.answers()).contains(topic.name())) {
      return Finding.error(
          topic.name(),
          "Topic '%s' is compacted: of all records about an image the last alone is kept, yet each of them counts. Set its cleanup.policy to delete.",
          topic.name());
    }
    return Finding.warning(
        topic.name(),
        "Topic '%s' is compacted: of an image that comes twice the earlier result may be gone before it is read. Set its cleanup.policy to delete unless the latest is all that you want.",
        topic.name());
  }
}
