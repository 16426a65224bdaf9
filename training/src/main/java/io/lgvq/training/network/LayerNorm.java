package io.lgvq.training.network;

import io.lgvq.training.network.Parameter.Initial;

/** Layer normalisation of the last dimension. */
public record LayerNorm(Parameter gain, Parameter bias) {

  /** A normalisation whose parameters are {@code name.gain} and {@code name.bias}. */
  public static LayerNorm of(String name, int width) {
    return new LayerNorm(
        Parameter.of(name + ".gain", Initial.ONE, width),
        Parameter.of(name + ".bias", Initial.ZERO, width));
  }

  /** Applies the normalisation. */
  public <T> T apply(Ops<T> ops, T x) {
    return ops.layerNorm(x, gain, bias);
  }
}
