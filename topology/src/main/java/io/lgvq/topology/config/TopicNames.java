package io.lgvq.topology.config;

/**
 * The names of all topics, as they stand on the broker.
 *
 * @param images input of tokenize
 * @param tokens output of tokenize, input of every other stage
 * @param captions output of caption
 * @param questions input of answer
 * @param answers output of answer
 * @param reconstructions output of reconstruct
 * @param drift output of drift
 * @param deadLetters what no stage could read, with the reason
 */
public record TopicNames(
    String images,
    String tokens,
    String captions,
    String questions,
    String answers,
    String reconstructions,
    String drift,
    String deadLetters) {

  /** {@code lgvq.images}, {@code lgvq.tokens} and so on. */
  public static TopicNames standard() {
    return withPrefix("");
  }

  /**
   * The standard names behind a prefix.
   *
   * @param prefix for instance {@code acme.} for {@code acme.lgvq.images}; empty for none
   */
  public static TopicNames withPrefix(String prefix) {
    return new TopicNames(
        prefix + "lgvq.images",
        prefix + "lgvq.tokens",
        prefix + "lgvq.captions",
        prefix + "lgvq.questions",
        prefix + "lgvq.answers",
        prefix + "lgvq.reconstructions",
        prefix + "lgvq.drift",
        prefix + "lgvq.dead-letters");
  }

  /**
   * The same with another topic of tokens.
   *
   * @param other its full name
   */
  public TopicNames withTokens(String other) {
    return new TopicNames(
        images, other, captions, questions, answers, reconstructions, drift, deadLetters);
  }
}
