package io.lgvq.training.network;

import io.lgvq.training.network.Parameter.Initial;

/** Convolution with zero padding: {@code [B, in, H, W] -> [B, out, H', W']}. */
public record Convolution(Parameter weight, Parameter bias, int stride, int padding) {

  /** Keeps height and width; {@code kernel} is odd. */
  public static Convolution same(String name, int in, int out, int kernel) {
    return of(name, in, out, kernel, 1, kernel / 2);
  }

  /** A convolution whose parameters are {@code name.weight} and {@code name.bias}. */
  public static Convolution of(String name, int in, int out, int kernel, int stride, int padding) {
    return new Convolution(
        Parameter.of(name + ".weight", Initial.FAN_IN, out, in, kernel, kernel),
        Parameter.of(name + ".bias", Initial.ZERO, out),
        stride,
        padding);
  }

  /** Applies the convolution. */
  public <T> T apply(Ops<T> ops, T x) {
    return ops.conv2d(x, weight, bias, stride, padding);
  }
}
