package io.lgvq.training.network;

import io.lgvq.training.network.Parameter.Initial;

/**
 * Group normalisation of {@code [B, C, H, W]} (Wu and He, 2018).
 *
 * @param gain [C]
 * @param bias [C]
 * @param groups divides C
 * @param epsilon is added to the variance
 */
public record GroupNorm(Parameter gain, Parameter bias, int groups, float epsilon) {

  private static final float EPSILON = 1e-5f;

  private static final int MOST_GROUPS = 32;
  private static final int LEAST_CHANNELS_A_GROUP = 4;

  /** Thirty-two groups, or as many as leave four channels each; epsilon 1e-5. */
  public static GroupNorm of(String name, int channels) {
    int groups = Math.max(1, Math.min(MOST_GROUPS, channels / LEAST_CHANNELS_A_GROUP));
    return new GroupNorm(
        Parameter.of(name + ".gain", Initial.ONE, channels),
        Parameter.of(name + ".bias", Initial.ZERO, channels),
        groups,
        EPSILON);
  }

  /** Applies the normalisation. */
  public <T> T apply(Ops<T> ops, T x) {
    return ops.groupNorm(x, groups, epsilon, gain, bias);
  }
}
