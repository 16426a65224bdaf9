package io.lgvq.training.experiment;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean of a few values with its 95 % confidence interval by Student's t.
 *
 * @param mean of the values
 * @param half half the width of the interval; not a number for a single value
 * @param count of the values
 */
public record Interval(double mean, double half, int count) {

  private static final double UPPER = 0.975;

  /**
   * Of some values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Interval of(double... values) {
    double mean =
        Arrays.stream(values)
            .average()
            .orElseThrow(() -> new IllegalArgumentException("no values have no mean"));
    int count = values.length;
    if (count < 2) {
      return new Interval(mean, Double.NaN, count);
    }
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (count - 1);
    double quantile = TDistribution.of(count - 1).inverseCumulativeProbability(UPPER);
    return new Interval(mean, quantile * Math.sqrt(variance / count), count);
  }

  /** Whether zero lies outside. */
  public boolean excludesZero() {
    return Math.abs(mean) > half;
  }

  /** For instance {@code 22.41 +- 0.12}. */
  public String text(int decimals) {
    String number = "%." + decimals + "f";
    return Double.isNaN(half)
        ? String.format(Locale.ROOT, number, mean)
        : String.format(Locale.ROOT, number + " ± " + number, mean, half);
  }
}
