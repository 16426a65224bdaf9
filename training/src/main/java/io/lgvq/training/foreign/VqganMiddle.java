package io.lgvq.training.foreign;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.ResidualBlock;
import io.lgvq.training.network.SpatialAttention;

/** The innermost layers of encoder and decoder: [B, C, side, side], which they keep. */
record VqganMiddle(
    ResidualBlock first, SpatialAttention attention, ResidualBlock second, int side) {

  <T> T apply(Ops<T> ops, T x) {
    return second.apply(ops, attention.apply(ops, first.apply(ops, x), side));
  }
}
