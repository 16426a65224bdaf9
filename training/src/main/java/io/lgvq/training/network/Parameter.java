package io.lgvq.training.network;

import java.util.List;

/**
 * A trained array of a network.
 *
 * @param name unique within a bundle, dotted from the network inwards: {@code encoder.stem.weight}
 * @param shape lengths of its dimensions
 * @param initial how it starts
 */
public record Parameter(String name, List<Long> shape, Initial initial) {

  /** How a parameter starts. */
  public enum Initial {
    /** Uniform in +-sqrt(1 / fan-in), fan-in being the product of all dimensions but the first. */
    FAN_IN,
    /** Normal, deviation 0.02. */
    NORMAL,
    /** Zeros. */
    ZERO,
    /** Ones. */
    ONE
  }

  /** A parameter of the given shape. */
  public static Parameter of(String name, Initial initial, long... shape) {
    return new Parameter(name, java.util.Arrays.stream(shape).boxed().toList(), initial);
  }
}
