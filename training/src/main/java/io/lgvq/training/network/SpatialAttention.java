package io.lgvq.training.network;

import java.util.Optional;

/** Residual single-head self-attention over the places of {@code [B, C, H, W]}, as in VQ-GAN. */
public record SpatialAttention(GroupNorm norm, Attention attention, int channels) {

  /** Attention over as many channels. */
  public static SpatialAttention of(String name, int channels) {
    return new SpatialAttention(
        GroupNorm.of(name + ".norm", channels),
        Attention.of(name + ".attention", channels, channels, 1),
        channels);
  }

  /** Applies the block; {@code side} is H = W. */
  public <T> T apply(Ops<T> ops, T x, int side) {
    int length = side * side;
    T flat = ops.reshape(norm.apply(ops, x), -1, channels, length);
    T places = ops.transpose(flat, 0, 2, 1);
    T mixed = attention.apply(ops, places, length, places, length, Optional.empty());
    return ops.add(x, ops.reshape(ops.transpose(mixed, 0, 2, 1), -1, channels, side, side));
  }
}
