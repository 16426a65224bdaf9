package io.lgvq.training.weights;

import io.lgvq.training.network.Parameter;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How a parameter starts: a pure function of its name, shape and a seed, so that neither the order
 * in which parameters are made nor the engine changes a run.
 */
public final class Initialization {

  private static final double NORMAL_DEVIATION = 0.02;

  private Initialization() {}

  /** The first values of a parameter. */
  public static Tensor of(Parameter parameter, long seed) {
    long count = parameter.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    float[] values = new float[Math.toIntExact(count)];
    SplittableRandom random =
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + parameter.name().hashCode());
    switch (parameter.initial()) {
      case ZERO -> {}
      case ONE -> Arrays.fill(values, 1);
      case NORMAL -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * NORMAL_DEVIATION);
        }
      }
      case FAN_IN -> {
        double bound = Math.sqrt((double) parameter.shape().get(0) / count);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextDouble(2) - 1) * (float) bound;
        }
      }
    }
    return new Tensor(parameter.shape(), values);
  }
}
