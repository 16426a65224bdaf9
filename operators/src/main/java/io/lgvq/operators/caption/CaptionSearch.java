package io.lgvq.operators.caption;

/**
 * How captions are searched for.
 *
 * @param width captions kept at each word; 1 is greedy decoding
 * @param alternatives most further captions that a result names; at most {@code width - 1}
 * @param lengthPower captions are ranked by log-probability / words<sup>power</sup>: 0 favours
 *     short ones, 1 ranks by the mean (Wu et al., arXiv 1609.08144, section 7, in its simplest
 *     form)
 */
public record CaptionSearch(int width, int alternatives, float lengthPower) {

  /** Checks the ranges. */
  public CaptionSearch {
    if (width < 1 || alternatives < 0 || alternatives >= width) {
      throw new IllegalArgumentException(
          "a search of width %d cannot name %d alternatives".formatted(width, alternatives));
    }
    if (!(lengthPower >= 0)) {
      throw new IllegalArgumentException("length power must be 0 at least but is " + lengthPower);
    }
  }

  /** The most likely word at each place, and nothing else. */
  public static CaptionSearch greedy() {
    return new CaptionSearch(1, 0, 0);
  }

  /** A beam that names as many alternatives as it can, ranked with power 0.7. */
  public static CaptionSearch beam(int width) {
    return new CaptionSearch(width, width - 1, 0.7f);
  }
}
