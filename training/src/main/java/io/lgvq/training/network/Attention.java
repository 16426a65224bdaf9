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

  /**
   * What earlier places were looked at with, kept so that it need not be computed again.
   *
   * @param keys [B, places, width]
   * @param values [B, places, width]
   * @param places how many, the masked ones included
   * @param mask is added to the scores [B, heads, 1, places]
   */
  public record Earlier<T>(T keys, T values, int places, T mask) {}

  /**
   * One place more of a sequence in which each place looks at those before it and at itself: what
   * {@link #apply} gives in the last place under a causal mask.
   *
   * @param x the place [B, 1, width]
   * @param key {@link #key} of it
   * @param value {@link #value} of it
   */
  public <T> T next(Ops<T> ops, T x, T key, T value, Earlier<T> earlier) {
    int places = earlier.places();
    T q = split(ops, ops.scale(query.apply(ops, x), (float) (1 / Math.sqrt(width / heads))), 1);
    T before = ops.transpose(split(ops, earlier.keys(), places), 0, 1, 3, 2);
    T scores = ops.add(ops.matmul(q, before), earlier.mask());
    T own = ops.matmul(q, ops.transpose(split(ops, key, 1), 0, 1, 3, 2));
    T weights = ops.softmax(ops.concat(3, scores, own));
    T mixed =
        ops.add(
            ops.matmul(ops.slice(weights, 3, 0, places), split(ops, earlier.values(), places)),
            ops.matmul(ops.slice(weights, 3, places, places + 1), split(ops, value, 1)));
    return out.apply(ops, ops.reshape(ops.transpose(mixed, 0, 2, 1, 3), -1, 1, width));
  }

  private <T> T split(Ops<T> ops, T x, int length) {
    return ops.transpose(ops.reshape(x, -1, length, heads, width / heads), 0, 2, 1, 3);
  }
}
