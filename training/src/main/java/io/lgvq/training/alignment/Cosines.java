package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;

/** Vectors of unit length, whose products are cosines. */
final class Cosines {

  private static final float LEAST = 1e-12f;

  private Cosines() {}

  /** The vectors of the last dimension, each divided by its length. */
  static NDArray unit(NDArray x) {
    int last = x.getShape().dimension() - 1;
    return x.div(x.square().sum(new int[] {last}, true).add(LEAST).sqrt());
  }
}
