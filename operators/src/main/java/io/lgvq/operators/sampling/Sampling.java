package io.lgvq.operators.sampling;

/**
 * How one code is chosen from the probabilities of all.
 *
 * @param temperature divides the logarithms of the probabilities: 0 always takes the most likely
 *     code, 1 draws as the model says, more draws more evenly
 * @param top only so many of the most likely codes are drawn from (top-k; Fan et al., Hierarchical
 *     Neural Story Generation, ACL 2018); 0 for all of them
 */
public record Sampling(float temperature, int top) {

  /** Checks the ranges. */
  public Sampling {
    if (!(temperature >= 0) || temperature == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "temperature must be a number of 0 or more but is " + temperature);
    }
    if (top < 0) {
      throw new IllegalArgumentException("top must be 0 or more but is " + top);
    }
  }

  /** The most likely code, always. */
  public static Sampling mostLikely() {
    return new Sampling(0, 0);
  }

  /** As the model says, the hundred most likely codes alone. */
  public static Sampling standard() {
    return new Sampling(1, 100);
  }
}
