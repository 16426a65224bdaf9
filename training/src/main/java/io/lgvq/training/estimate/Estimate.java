package io.lgvq.training.estimate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A measured value with its 95 % interval.
 *
 * @param value on all images
 * @param low 2.5th percentile of the bootstrap
 * @param high 97.5th percentile of the bootstrap
 */
public record Estimate(double value, double low, double high) {

  private static final int RESAMPLES = 1000;
  private static final long SEED = 20_240_614;

  /**
   * Percentile bootstrap (Efron, 1979) over images, for what is asked of one image hangs together.
   * The same images always give the same interval.
   *
   * @param images how many there are
   * @param measure the value on some of them, given by index; an index may come several times
   */
  public static Estimate of(int images, ToDoubleFunction<int[]> measure) {
    int[] all = new int[images];
    Arrays.setAll(all, i -> i);
    double value = measure.applyAsDouble(all);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      resampled[i] = measure.applyAsDouble(random.ints(images, 0, images).toArray());
    }
    Arrays.sort(resampled);
    return new Estimate(
        value, resampled[(int) (0.025 * RESAMPLES)], resampled[(int) (0.975 * RESAMPLES) - 1]);
  }

  /** The mean of one number an image. */
  public static Estimate mean(double[] numbers) {
    return of(
        numbers.length,
        images -> Arrays.stream(images).mapToDouble(i -> numbers[i]).average().orElse(0));
  }
}
