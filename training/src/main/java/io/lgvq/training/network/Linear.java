package io.lgvq.training.network;

import io.lgvq.training.network.Parameter.Initial;

/** Fully connected layer over the last dimension: {@code [.., in] -> [.., out]}. */
public record Linear(Parameter weight, Parameter bias) {

  /** A layer whose parameters are {@code name.weight} and {@code name.bias}. */
  public static Linear of(String name, int in, int out) {
    return new Linear(
        Parameter.of(name + ".weight", Initial.FAN_IN, out, in),
        Parameter.of(name + ".bias", Initial.ZERO, out));
  }

  /** Applies the layer. */
  public <T> T apply(Ops<T> ops, T x) {
    return ops.linear(x, weight, bias);
  }
}
