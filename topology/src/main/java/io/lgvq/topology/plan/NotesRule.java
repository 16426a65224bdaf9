package io.lgvq.topology.plan;

import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** Notes of what was replayed must outlast what they are about. */
final class NotesRule {

  private NotesRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    return surveyed
        .notes()
        .filter(
            topic ->
                topic
                    .text(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .filter(policy -> !policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT))
                    .isPresent())
        .map(
            topic ->
                Finding.error(
                    topic.name(),
                    "Topic '%s' forgets after a while what was replayed (cleanup.policy %s), and 'dead-letters replay' would send it again, so it refuses to. Set its cleanup.policy to compact.",
                    topic.name(),
                    topic.text(TopicConfig.CLEANUP_POLICY_CONFIG).orElseThrow()));
  }
}
