package io.lgvq.topology.plan;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** Pictures are compressed already. */
final class CompressionRule {

  private static final Set<String> FREE = Set.of("producer", "uncompressed");

  private CompressionRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    var names = surveyed.settings().topics();
    Set<String> pictures = Set.of(names.images(), names.reconstructions(), names.deadLetters());
    return surveyed
        .all()
        .filter(topic -> pictures.contains(topic.name()))
        .filter(
            topic ->
                topic
                    .text(TopicConfig.COMPRESSION_TYPE_CONFIG)
                    .filter(type -> !FREE.contains(type))
                    .isPresent())
        .map(
            topic ->
                Finding.warning(
                    topic.name(),
                    "Topic '%s' is compressed by the broker (compression.type %s): pictures are compressed already, so this costs time and saves no room. Set it to producer.",
                    topic.name(),
                    topic.text(TopicConfig.COMPRESSION_TYPE_CONFIG).orElseThrow()));
  }
}
