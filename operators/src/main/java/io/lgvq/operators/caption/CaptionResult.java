package io.lgvq.operators.caption;

import java.util.List;

/**
 * What the caption head says of one image.
 *
 * @param best the caption that the search ranks first: by log-probability a word (see {@link
 *     CaptionSearch}), so its own log-probability may be below that of a shorter alternative
 * @param alternatives further captions, in the order of the ranking; empty under greedy decoding
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
