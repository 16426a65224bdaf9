package io.lgvq.training.network;

import java.util.Optional;

/**
 * Multi-head attention (Vaswani et al., 2017): {@code x} [B, L, width] looks at {@code memory} [B,
 * M, memoryWidth] and becomes [B, L, width].
 */
public record Attention(Linear query, Linear key, Linear value, Linear out, int width, int heads) {

  /**
   * @param heads divides {@code width}
   */
  public static Attention of(String name, int width, int memoryWidth, int heads) {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "%s: %d heads do not divide a width of %d".formatted(name, heads, width));
    }
    return new Attention(
        Linear.of(name + ".query", width, width),
        Linear.of(name + ".key", memoryWidth, width),
        Linear.of(name + ".value", memoryWidth, width),
        Linear.of(name + ".out", width, width),
        width,
        heads);
  }

  /**
   * Applies the attention.
   *
   * @param length L
   * @param memoryLength M
   * @param mask is added to the scores [B, heads, L, M] (see {@link Ops#paddingMask} and {@link
   *     Ops#causalMask})
   */
  public <T> T apply(Ops<T> ops, T x, int length, T memory, int memoryLength, Optional<T> mask) {
    T q =
        split(ops, ops.scale(query.apply(ops, x), (float) (1 / Math.sqrt(width / heads))), length);
    T k = split(ops, key.apply(ops, memory), memoryLength);
    T v = split(ops, value.apply(ops, memory), memoryLength);
    T scores = ops.matmul(q, ops.transpose(k, 0, 1, 3, 2));
    T masked = mask.map(m -> ops.add(scores, m)).orElse(scores);
    T mixed = ops.matmul(ops.softmax(masked), v);
    return out.apply(ops, ops.reshape(ops.transpose(mixed, 0, 2, 1, 3), -1, length, width));
  }

  private <T> T split(Ops<T> ops, T x, int length) {
    return ops.transpose(ops.reshape(x, -1, length, heads, width / heads), 0, 2, 1, 3);
  }
}
