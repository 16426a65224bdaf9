package io.lgvq.topology.config;

import java.time.Duration;

/**
 * What windows the drift stage makes.
 *
 * @param window least length of a window, by wall-clock time
 * @param leastImages least number of images in a window, 1 or more; it stays open until they have
 *     come
 * @param rareBelow a code is rare if it is less probable in the reference than this, in units of
 *     1/K, the probability of each of K equally frequent codes; above 0
 */
public record DriftSettings(Duration window, int leastImages, double rareBelow) {

  /** Checks the ranges. */
  public DriftSettings {
    if (window.toMillis() < 1) {
      throw new IllegalArgumentException("the window must be at least 1 ms but is " + window);
    }
    if (leastImages < 1) {
      throw new IllegalArgumentException(
          "the least number of images must be 1 or more but is " + leastImages);
    }
    if (!(rareBelow > 0)) {
      throw new IllegalArgumentException(
          "the probability of rare codes must be above 0 but is " + rareBelow);
    }
  }

  /** A minute and 64 images at least; codes of half the mean probability are rare. */
  public static DriftSettings standard() {
    return new DriftSettings(Duration.ofMinutes(1), 64, 0.5);
  }
}
