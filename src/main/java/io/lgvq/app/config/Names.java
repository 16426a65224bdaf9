package io.lgvq.app.config;

import io.lgvq.topology.config.TopicNames;
import java.util.List;

/** The topics' full names: prefix and name. */
public final class Names {
  private Names() {}

  /** Full names of all topics. */
  public static TopicNames of(LgvqConfig.Topics topics) {
    String prefix = topics.prefix().orElse("");
    return new TopicNames(
        prefix + topics.images(),
        prefix + topics.tokens(),
        prefix + topics.captions(),
        prefix + topics.questions(),
        prefix + topics.answers(),
        prefix + topics.reconstructions(),
        prefix + topics.drift(),
        prefix + topics.deadLetters());
  }

  /** The names of what REST reads and writes, in the order in which data flows. */
  public static List<String> all(TopicNames topics) {
    return List.of(
        topics.images(),
        topics.tokens(),
        topics.captions(),
        topics.questions(),
        topics.answers(),
        topics.reconstructions(),
        topics.deadLetters());
  }
}
