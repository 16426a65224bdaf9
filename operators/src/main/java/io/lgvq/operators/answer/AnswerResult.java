package io.lgvq.operators.answer;

import java.util.List;

/**
 * What the answer head says to one question.
 *
 * @param best the most likely answer
 * @param sure whether its probability reaches the bundle's threshold
 * @param alternatives the next most likely answers, best first
 */
public record AnswerResult(Scored best, boolean sure, List<Scored> alternatives) {

  /**
   * One answer.
   *
   * @param text an entry of the bundle's answer vocabulary
   * @param probability 0 .. 1
   */
  public record Scored(String text, float probability) {}
}
