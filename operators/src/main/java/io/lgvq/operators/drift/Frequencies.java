package io.lgvq.operators.drift;

import java.util.Arrays;

/** Measures of how often codes occur; divergence takes counts of which one at least is not 0. */
public final class Frequencies {

  private static final double LOG_2 = Math.log(2);

  private Frequencies() {}

  /** Shannon's entropy in nats; 0 of nothing. */
  public static double entropy(long[] counts) {
    double total = Arrays.stream(counts).sum();
    double entropy = 0;
    for (long count : counts) {
      entropy += count == 0 ? 0 : term(count / total);
    }
    return entropy;
  }

  /** {@code exp} of the entropy: the number of equally frequent codes that would be as varied. */
  public static double perplexity(long[] counts) {
    return Math.exp(entropy(counts));
  }

  /**
   * Jensen-Shannon divergence of two distributions over the same codes (Lin 1991, weights one
   * half): 0 where they are equal, 1 bit where they share no code. Unlike Kullback and Leibler's it
   * is finite also where the one has codes that the other has not.
   */
  static double divergence(long[] counts, long[] others) {
    double total = Arrays.stream(counts).sum();
    double otherTotal = Arrays.stream(others).sum();
    double nats = 0;
    for (int code = 0; code < counts.length; code++) {
      double p = counts[code] / total;
      double q = others[code] / otherTotal;
      nats += term((p + q) / 2) - (term(p) + term(q)) / 2;
    }
    return nats / LOG_2;
  }

  private static double term(double probability) {
    return probability == 0 ? 0 : -probability * Math.log(probability);
  }
}
