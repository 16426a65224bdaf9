package io.lgvq.training.network;

import java.util.Optional;

/**
 * Pre-activation residual block of {@code [B, in, H, W]}: norm, SiLU, 3x3 convolution, twice, added
 * to the input (through a 1x1 convolution where the channels change), as in VQ-GAN's backbone.
 */
public record ResidualBlock(
    GroupNorm norm1,
    Convolution conv1,
    GroupNorm norm2,
    Convolution conv2,
    Optional<Convolution> shortcut) {

  /** A block that keeps height and width. */
  public static ResidualBlock of(String name, int in, int out) {
    return new ResidualBlock(
        GroupNorm.of(name + ".norm1", in),
        Convolution.same(name + ".conv1", in, out, 3),
        GroupNorm.of(name + ".norm2", out),
        Convolution.same(name + ".conv2", out, out, 3),
        in == out
            ? Optional.empty()
            : Optional.of(Convolution.same(name + ".shortcut", in, out, 1)));
  }

  /** Applies the block. */
  public <T> T apply(Ops<T> ops, T x) {
    T y = conv1.apply(ops, ops.silu(norm1.apply(ops, x)));
    y = conv2.apply(ops, ops.silu(norm2.apply(ops, y)));
    return ops.add(shortcut.map(conv -> conv.apply(ops, x)).orElse(x), y);
  }
}
