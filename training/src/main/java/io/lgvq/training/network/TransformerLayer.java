package io.lgvq.training.network;

import java.util.Optional;

/**
 * Pre-norm transformer layer: self-attention, then cross-attention where there is a memory, then
 * feed-forward, each added to its input. {@code [B, L, width] -> [B, L, width]}.
 */
public record TransformerLayer(
    LayerNorm selfNorm,
    Attention self,
    Optional<Cross> cross,
    LayerNorm feedNorm,
    FeedForward feed) {

  /** The part that looks at a memory. */
  public record Cross(LayerNorm norm, Attention attention) {}

  /** A layer with self-attention alone. */
  public static TransformerLayer encoder(String name, int width, int heads, int hidden) {
    return of(name, width, heads, hidden, Optional.empty());
  }

  /** A layer that also looks at a memory of the given width. */
  public static TransformerLayer decoder(
      String name, int width, int memoryWidth, int heads, int hidden) {
    Cross cross =
        new Cross(
            LayerNorm.of(name + ".cross.norm", width),
            Attention.of(name + ".cross", width, memoryWidth, heads));
    return of(name, width, heads, hidden, Optional.of(cross));
  }

  private static TransformerLayer of(
      String name, int width, int heads, int hidden, Optional<Cross> cross) {
    return new TransformerLayer(
        LayerNorm.of(name + ".self.norm", width),
        Attention.of(name + ".self", width, width, heads),
        cross,
        LayerNorm.of(name + ".feed.norm", width),
        FeedForward.of(name + ".feed", width, hidden));
  }

  /** A sequence to look at, [B, length, its width]. */
  public record Memory<T>(T tokens, int length) {}

  /** Applies a layer without memory; {@code mask} is added to the self-attention's scores. */
  public <T> T apply(Ops<T> ops, T x, int length, Optional<T> mask) {
    return apply(ops, x, length, mask, Optional.empty());
  }

  /** Applies the layer; the memory must be there just if the layer was made for one. */
  public <T> T apply(Ops<T> ops, T x, int length, Optional<T> mask, Optional<Memory<T>> memory) {
    if (cross.isPresent() != memory.isPresent()) {
      throw new IllegalArgumentException("a memory belongs to a decoder layer, and only there");
    }
    T normed = selfNorm.apply(ops, x);
    T y = ops.add(x, self.apply(ops, normed, length, normed, length, mask));
    if (cross.isPresent()) {
      T query = cross.get().norm().apply(ops, y);
      Memory<T> seen = memory.orElseThrow();
      Attention attention = cross.get().attention();
      y =
          ops.add(
              y,
              attention.apply(ops, query, length, seen.tokens(), seen.length(), Optional.empty()));
    }
    return ops.add(y, feed.apply(ops, feedNorm.apply(ops, y)));
  }
}
