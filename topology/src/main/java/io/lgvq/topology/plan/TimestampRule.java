package io.lgvq.topology.plan;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** A result has the timestamp of its image, however old. */
final class TimestampRule {

  private TimestampRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    Stream<Finding> stamped =
        surveyed
            .all()
            .filter(TimestampRule::isStamped)
            .map(
                topic ->
                    Finding.warning(
                        topic.name(),
                        "Topic '%s' puts the broker's time in place of the image's (message.timestamp.type): nobody sees any more which moment a record is of. Set it to CreateTime.",
                        topic.name()));
    return Stream.concat(stamped, surveyed.stages().stream().flatMap(s -> narrower(surveyed, s)));
  }

  private static boolean isStamped(ObservedTopic topic) {
    return topic
        .text(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
        .filter("LogAppendTime"::equals)
        .isPresent();
  }

  private static Stream<Finding> narrower(Surveyed surveyed, PlannedStage stage) {
    return Stream.of(
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)
        .flatMap(
            config ->
                surveyed
                    .there(stage.outputs())
                    .filter(output -> isNarrower(surveyed, stage, output, config))
                    .map(
                        output ->
                            Finding.error(
                                output.name(),
                                "Topic '%s' refuses timestamps that an input of stage %s takes (%s), and an output has its input's: the stage stops at the first one. Set it to the input's %d or more.",
                                output.name(),
                                stage.name(),
                                config,
                                widest(surveyed, stage, config).orElseThrow())));
  }

  private static boolean isNarrower(
      Surveyed surveyed, PlannedStage stage, ObservedTopic output, String config) {
    OptionalLong given = output.number(config);
    OptionalLong needed = widest(surveyed, stage, config);
    return !isStamped(output)
        && given.isPresent()
        && needed.isPresent()
        && given.getAsLong() < needed.getAsLong();
  }

  private static OptionalLong widest(Surveyed surveyed, PlannedStage stage, String config) {
    return surveyed
        .there(stage.inputs())
        .flatMapToLong(topic -> topic.number(config).stream())
        .max();
  }
}
