package io.lgvq.operators.drift;

import java.util.Arrays;

/**
 * Where the values of a sample lie.
 *
 * @param mean of the values
 * @param deviation standard deviation, of a sample (divided by one less than their number)
 */
public record Spread(double mean, double deviation) {

  /** Checks that both are numbers. */
  public Spread {
    if (!Double.isFinite(mean) || !(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "a mean must be a number and a deviation at least 0, and they are %s and %s"
              .formatted(mean, deviation));
    }
  }

  /**
   * Of values.
   *
   * @param values two or more
   */
  public static Spread of(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new Spread(mean, Math.sqrt(squares / (values.length - 1)));
  }
}
