package io.lgvq.topology.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** What a topic takes must fit where a stage has to write it. */
final class SizeRule {

  private SizeRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    Map<String, Integer> limits = new TreeMap<>();
    surveyed
        .all()
        .forEach(
            topic ->
                topic
                    .number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .ifPresent(bytes -> limits.put(topic.name(), Math.toIntExact(bytes))));
    return Stream.of(
            images(surveyed, limits), deadLetters(surveyed, limits), headers(surveyed, limits))
        .flatMap(findings -> findings);
  }

  private static Stream<Finding> images(Surveyed surveyed, Map<String, Integer> limits) {
    String images = surveyed.settings().topics().images();
    int most = surveyed.settings().recordBytes();
    if (limits.getOrDefault(images, most) >= most) {
      return Stream.empty();
    }
    return Stream.of(
        Finding.error(
            images,
            "Topic '%s' takes records of %d bytes, but images may have %d (lgvq.image.max-bytes): the broker refuses the larger ones, and they are lost unless their sender looks. Raise its max.message.bytes to %d, or lower lgvq.image.max-bytes.",
            images,
            limits.get(images),
            surveyed.settings().imageBytes(),
            most));
  }

  private static Stream<Finding> deadLetters(Surveyed surveyed, Map<String, Integer> limits) {
    String letters = surveyed.settings().topics().deadLetters();
    int most = limits.getOrDefault(letters, Integer.MAX_VALUE);
    return surveyed.stages().stream()
        .flatMap(stage -> stage.inputs().stream())
        .filter(limits::containsKey)
        .max(Comparator.comparing(limits::get))
        .filter(input -> needed(surveyed, limits.get(input)) > most)
        .map(
            input ->
                Finding.error(
                    letters,
                    "Topic '%s' takes records of %d bytes, less than the %d of topic '%s', whose bad records it is for: no stage starts. Raise its max.message.bytes to %d.",
                    letters,
                    most,
                    limits.get(input),
                    input,
                    surveyed.settings().deadLetters().roomFor(limits.get(input))))
        .stream();
  }

  /** As the start of a stage has it: a topic as large as the input always does. */
  private static int needed(Surveyed surveyed, int input) {
    return Math.min(input, surveyed.settings().deadLetters().roomFor(input));
  }

  /** The sender's headers travel, and may be the larger part of a record. */
  private static Stream<Finding> headers(Surveyed surveyed, Map<String, Integer> limits) {
    return surveyed.stages().stream()
        .flatMap(
            stage -> {
              String output = stage.outputs().get(0);
              List<String> larger =
                  stage.inputs().stream()
                      .filter(input -> limits.containsKey(input) && limits.containsKey(output))
                      .filter(input -> limits.get(input) > limits.get(output))
                      .toList();
              return larger.stream()
                  .map(
                      input ->
                          Finding.warning(
                              output,
                              "Topic '%s' takes records of %d bytes, less than the %d of topic '%s': headers travel with their record, and large ones would stop stage %s. Raise its max.message.bytes to %d.",
                              output,
                              limits.get(output),
                              limits.get(input),
                              input,
                              stage.name(),
                              limits.get(input)));
            });
  }
}
