package io.lgvq.operators.sampling;

import io.lgvq.operators.OperatorException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the codes of one image. The noise is a function of seed, place and code alone, so a draw
 * depends neither on the batch that the image is in nor on the order in which places are drawn.
 *
 * <p>Each logarithm gets noise of a Gumbel distribution and the largest sum wins, which draws with
 * the probabilities given (Gumbel, 1954). Threading: immutable.
 */
public final class CodeDraw {

  private final Sampling sampling;
  private final long seed;

  /**
   * @param seed any number; another one gives other noise at every place
   */
  public CodeDraw(Sampling sampling, long seed) {
    this.sampling = sampling;
    // Neighbouring seeds must not give shifted copies of one sequence, so the seed is mixed first.
    this.seed = new SplittableRandom(seed).nextLong();
  }

  /**
   * The code of a place; of equal ones the first.
   *
   * @param logProbabilities natural logarithms, one a code, perhaps up to a constant
   * @throws OperatorException if none of them is a number
   */
  public int at(int place, float[] logProbabilities) {
    int best =
        sampling.temperature() == 0 ? first(logProbabilities) : drawn(place, logProbabilities);
    if (best < 0) {
      throw new OperatorException(
          "The model gave no numbers to choose codes by.",
          new ArithmeticException("every log-probability of place " + place + " is NaN"));
    }
    return best;
  }

  private static int first(float[] values) {
    int best = -1;
    for (int code = 0; code < values.length; code++) {
      if (values[code] > (best < 0 ? Double.NEGATIVE_INFINITY : values[best])) {
        best = code;
      }
    }
    return best;
  }

  private int drawn(int place, float[] logProbabilities) {
    SplittableRandom random = new SplittableRandom(seed + place);
    float least = least(logProbabilities);
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int code = 0; code < logProbabilities.length; code++) {
      double uniform = random.nextDouble();
      if (logProbabilities[code] >= least) {
        double noise = -Math.log(-Math.log(uniform));
        double score = logProbabilities[code] / (double) sampling.temperature() + noise;
        if (score > most) {
          most = score;
          best = code;
        }
      }
    }
    return best;
  }

  /** The smallest logarithm that is still among the top ones. */
  private float least(float[] logProbabilities) {
    int codes = logProbabilities.length;
    if (sampling.top() == 0 || sampling.top() >= codes) {
      return Float.NEGATIVE_INFINITY;
    }
    float[] sorted = logProbabilities.clone();
    Arrays.sort(sorted);
    int numbers = codes;
    while (numbers > 0 && Float.isNaN(sorted[numbers - 1])) { // they are sorted to the end
      numbers--;
    }
    return sorted[Math.max(0, numbers - sampling.top())];
  }
}
