package io.lgvq.training.network;

/** Linear, GELU, linear: {@code [B, L, width] -> [B, L, width]}. */
public record FeedForward(Linear in, Linear out) {

  /** A layer whose inner width is {@code hidden}. */
  public static FeedForward of(String name, int width, int hidden) {
    return new FeedForward(
        Linear.of(name + ".in", width, hidden), Linear.of(name + ".out", hidden, width));
  }

  /** Applies the layer. */
  public <T> T apply(Ops<T> ops, T x) {
    return out.apply(ops, ops.gelu(in.apply(ops, x)));
  }
}
