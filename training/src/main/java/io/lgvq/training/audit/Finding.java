package io.lgvq.training.audit;

/**
 * How a bundle does where a trait has a value, beside all images.
 *
 * @param measure what is measured
 * @param trait for instance {@code hand}
 * @param value for instance {@code twitter}
 * @param n questions, objects or images that the figure is of
 * @param measured share 0 .. 1, or decibels
 * @param low end of the 95 % interval
 * @param high end of the 95 % interval
 * @param expected mean of all images; of all kinds of answers, that of as many of each kind
 * @param difference measured less expected: negative is worse
 * @param p probability of a difference as large by chance
 * @param outside whether the interval leaves the expectation out
 * @param confirmed whether that holds among all comparisons, at a false discovery rate of 5 %
 */
public record Finding(
    String measure,
    String trait,
    String value,
    int n,
    double measured,
    double low,
    double high,
    double expected,
    double difference,
    double p,
    boolean outside,
    boolean confirmed) {

  /** Whether it is below what was to be expected. */
  boolean worse() {
    return difference < 0;
  }

  /** The same, held against all comparisons. */
  Finding confirmed(boolean held) {
    return new Finding(
        measure, trait, value, n, measured, low, high, expected, difference, p, outside, held);
  }
}
