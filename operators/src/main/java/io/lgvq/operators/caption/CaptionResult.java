package io.lgvq.operators.caption;

import java.util.List;

/**
 * What the caption head says of one image.
 *
 * @param best the most likely caption
 * @param alternatives further captions, most likely first; empty under greedy decoding
 */
public record CaptionResult(Scored best, List<Scored> alternatives) {

  /**
   * One caption.
   *
   * @param text lower-case words separated by single spaces
   * @param logProbability natural logarithm of its probability, end mark included; at most 0
   */
  public record Scored(String text, float logProbability) {}
}
