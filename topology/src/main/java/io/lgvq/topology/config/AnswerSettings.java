package io.lgvq.topology.config;

import java.time.Duration;

/**
 * How far a question and its image may lie apart.
 *
 * @param tokensRetention how long the tokens of an image can be asked about after they arrived at
 *     the stage, by wall-clock time
 * @param questionWait how long a question waits for its image while the stage runs, by wall-clock
 *     time; then it is answered with {@code UNKNOWN_IMAGE}. A restart starts the wait anew, for the
 *     tokens may have come while the stage was down
 * @param maxQuestionLength most characters (UTF-16 units) of a question
 */
public record AnswerSettings(
    Duration tokensRetention, Duration questionWait, int maxQuestionLength) {

  /** What the stage is called. */
  public static final String STAGE = "answer";

  /** Checks the ranges. */
  public AnswerSettings {
    if (tokensRetention.toMillis() < 1 || questionWait.toMillis() < 1) {
      throw new IllegalArgumentException(
          "tokens retention and question wait must be at least 1 ms but are %s and %s"
              .formatted(tokensRetention, questionWait));
    }
    if (maxQuestionLength < 1) {
      throw new IllegalArgumentException(
          "the question length must be 1 or more but is " + maxQuestionLength);
    }
  }

  /** Tokens for 7 days, questions for 5 minutes, 1,000 characters. */
  public static AnswerSettings standard() {
    return new AnswerSettings(Duration.ofDays(7), Duration.ofMinutes(5), 1_000);
  }
}
