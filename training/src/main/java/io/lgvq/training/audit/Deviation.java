package io.lgvq.training.audit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean with its 95 % interval, held against what was to be expected.
 *
 * <p>The interval leaves the expectation out just where {@code p} is below 0.05: both come from one
 * test.
 *
 * @param value mean of the observations
 * @param low end of the interval
 * @param high end of the interval
 * @param p probability of a mean as far off or farther, if the expectation were true
 */
record Deviation(double value, double low, double high, double p) {

  private static final double TAIL = 0.025;

  /**
   * Of a share: the exact interval of Clopper and Pearson (1934), on the effective number of
   * observations as Korn and Graubard (1998) take it. Several observations of one image count as
   * fewer if they fail together, never as more.
   *
   * @param observations of value 0 or 1, at least one
   * @param expected 0 .. 1
   */
  static Deviation ofShare(List<Observation> observations, double expected) {
    double n = observations.size();
    double share = mean(observations);
    double effective = n / Math.max(1, designEffect(observations, share));
    double right = share * effective;
    double wrong = effective - right;
    double low = right == 0 ? 0 : beta(right, wrong + 1).inverseCumulativeProbability(TAIL);
    double high = wrong == 0 ? 1 : beta(right + 1, wrong).inverseSurvivalProbability(TAIL);
    // The tails of the binomial distribution, for numbers that need not be whole.
    double atMost = wrong == 0 ? 1 : beta(right + 1, wrong).survivalProbability(expected);
    double atLeast = right == 0 ? 1 : beta(right, wrong + 1).cumulativeProbability(expected);
    return new Deviation(share, low, high, Math.min(1, 2 * Math.min(atMost, atLeast)));
  }

  /** How much more the share varies than if each observation were of an image of its own. */
  private static double designEffect(List<Observation> observations, double share) {
    Map<Integer, Double> images = new LinkedHashMap<>();
    observations.forEach(one -> images.merge(one.image(), one.value() - share, Double::sum));
    double clustered = images.values().stream().mapToDouble(sum -> sum * sum).sum();
    double single = observations.size() * share * (1 - share);
    return single == 0 ? 1 : clustered / single;
  }

  /**
   * Of a mean: Student's t.
   *
   * @param observations one an image, at least two
   */
  static Deviation ofMean(List<Observation> observations, double expected) {
    int n = observations.size();
    double mean = mean(observations);
    double squares = sum(observations, one -> Math.pow(one.value() - mean, 2));
    double error = Math.sqrt(squares / (n - 1) / n);
    if (error == 0) {
      return new Deviation(mean, mean, mean, mean == expected ? 1 : 0);
    }
    TDistribution student = TDistribution.of(n - 1);
    double half = student.inverseSurvivalProbability(TAIL) * error;
    double p = 2 * student.survivalProbability(Math.abs(mean - expected) / error);
    return new Deviation(mean, mean - half, mean + half, p);
  }

  static double mean(Collection<Observation> observations) {
    return sum(observations, Observation::value) / observations.size();
  }

  private static double sum(
      Collection<Observation> observations, ToDoubleFunction<Observation> what) {
    return observations.stream().mapToDouble(what).sum();
  }

  private static BetaDistribution beta(double alpha, double beta) {
    return BetaDistribution.of(alpha, beta);
  }
}
