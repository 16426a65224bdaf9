package io.lgvq.training.head;

import static io.lgvq.training.network.Parameter.Initial.FAN_IN;
import static io.lgvq.training.network.Parameter.Initial.ONE;
import static io.lgvq.training.network.Parameter.Initial.ZERO;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;

/**
 * One transformer block of a text: the words attend to each other, then to the image, then think
 * for themselves. Normalisation comes first in each part (pre-norm). Immutable.
 */
final class TextBlock {

  private final String name;
  private final int width;
  private final int heads;

  TextBlock(String name, int width, int heads) {
    this.name = name;
    this.width = width;
    this.heads = heads;
  }

  /**
   * @param x states of the words [B, length, width]
   * @param mask added to the words' scores: [B, 1, 1, length] or [1, 1, length, length]
   * @param memory the image [B / texts, places, width]
   * @param texts how many texts of the batch in a row share an image
   */
  <T> T apply(Ops<T> ops, T x, int length, T mask, T memory, int places, int texts) {
    T normal = norm(ops, x, "self");
    T scores = scores(ops, normal, normal, "self", length, length);
    T states = ops.add(x, attended(ops, ops.add(scores, mask), normal, "self", length, length));

    int queries = texts * length;
    T asked = ops.reshape(norm(ops, states, "image"), -1, queries, width);
    T seen = scores(ops, asked, memory, "image", queries, places);
    T found = attended(ops, seen, memory, "image", queries, places);
    states = ops.add(states, ops.reshape(found, -1, length, width));

    T inner = ops.gelu(linear(ops, norm(ops, states, "think"), "think.in", width, 4 * width));
    return ops.add(states, linear(ops, inner, "think.out", 4 * width, width));
  }

  private <T> T scores(Ops<T> ops, T asking, T asked, String at, int queries, int keys) {
    T query = split(ops, linear(ops, asking, at + ".query", width, width), queries);
    T key = split(ops, linear(ops, asked, at + ".key", width, width), keys);
    float scale = (float) (1 / Math.sqrt((double) width / heads));
    return ops.scale(ops.matmul(query, ops.transpose(key, 0, 1, 3, 2)), scale);
  }

  private <T> T attended(Ops<T> ops, T scores, T asked, String at, int queries, int keys) {
    T value = split(ops, linear(ops, asked, at + ".value", width, width), keys);
    T mixed = ops.transpose(ops.matmul(ops.softmax(scores), value), 0, 2, 1, 3);
    return linear(ops, ops.reshape(mixed, -1, queries, width), at + ".out", width, width);
  }

  private <T> T split(Ops<T> ops, T x, int length) {
    return ops.transpose(ops.reshape(x, -1, length, heads, width / heads), 0, 2, 1, 3);
  }

  private <T> T norm(Ops<T> ops, T x, String at) {
    return ops.layerNorm(
        x,
        Parameter.of(name + "." + at + ".norm.gain", ONE, width),
        Parameter.of(name + "." + at + ".norm.bias", ZERO, width));
  }

  private <T> T linear(Ops<T> ops, T x, String at, int in, int out) {
    return ops.linear(
        x,
        Parameter.of(name + "." + at + ".weight", FAN_IN, out, in),
        Parameter.of(name + "." + at + ".bias", ZERO, out));
  }
}
