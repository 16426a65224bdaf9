package io.lgvq.training.head;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes an answer's probability mean what it says, and finds the one below which an answer is
 * rather not given.
 *
 * @param temperature that divides the scores (Guo et al., ICML 2017)
 * @param threshold probability from which on a best answer is sure
 */
public record Calibration(float temperature, float threshold) {

  private static final double LOWEST = 0.25;
  private static final double HIGHEST = 8;
  private static final int HALVINGS = 40;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /**
   * The scores of one held-out question.
   *
   * @param scores before the softmax, one an answer
   * @param truth index of the true answer
   */
  public record Scored(float[] scores, int truth) {}

  private record Guess(double probability, boolean right) {}

  /**
   * Calibrates on questions that training did not see.
   *
   * <p>Temperature: the one under which the true answers are most likely. Threshold: the one that
   * maximises right minus wrong among the answers that are sure, so that a wrong answer costs as
   * much as a right one gains.
   */
  public static Calibration on(List<Scored> questions) {
    if (questions.isEmpty()) {
      return new Calibration(1, 0);
    }
    double temperature = temperature(questions);
    return new Calibration((float) temperature, (float) threshold(questions, temperature));
  }

  /** Golden-section search in the logarithm: the loss has one valley. */
  private static double temperature(List<Scored> questions) {
    double low = Math.log(LOWEST);
    double high = Math.log(HIGHEST);
    for (int i = 0; i < HALVINGS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (loss(questions, Math.exp(left)) < loss(questions, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  private static double threshold(List<Scored> questions, double temperature) {
    List<Guess> guesses =
        questions.stream()
            .map(question -> guess(question, temperature))
            .sorted(Comparator.comparingDouble(Guess::probability).reversed())
            .toList();
    int gain = 0;
    int best = 0;
    double threshold = 1;
    for (Guess guess : guesses) {
      gain += guess.right() ? 1 : -1;
      if (gain > best) {
        best = gain;
        threshold = guess.probability();
      }
    }
    return threshold;
  }

  private static Guess guess(Scored question, double temperature) {
    double[] probabilities = softmax(question.scores(), temperature);
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return new Guess(probabilities[best], best == question.truth());
  }

  private static double loss(List<Scored> questions, double temperature) {
    return questions.stream()
        .mapToDouble(
            question ->
                -Math.log(
                    Math.max(1e-12, softmax(question.scores(), temperature)[question.truth()])))
        .average()
        .orElseThrow();
  }

  private static double[] softmax(float[] scores, double temperature) {
    double[] values = new double[scores.length];
    double highest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      highest = Math.max(highest, score);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp((scores[i] - highest) / temperature);
    }
    double sum = Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
    return values;
  }
}
