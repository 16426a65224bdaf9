package io.lgvq.training.corpus.scene;

import java.util.List;

/**
 * Random numbers by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), written out here so that a
 * scene's number means the same scene in every Java version. One thread.
 */
final class Draw {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** A stream of its own for each list of keys. */
  Draw(long... keys) {
    for (long key : keys) {
      state = mix(state + GOLDEN + mix(key));
    }
  }

  /** Spreads the bits of a number. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in 0 .. bound - 1. */
  int below(int bound) {
    return (int) Math.floorMod(next(), (long) bound);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [from, to). */
  double between(double from, double to) {
    return from + (to - from) * unit();
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[below(choices.length)];
  }

  /** An index, drawn in proportion to its weight. */
  int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = unit() * sum;
    int index = 0;
    while (index < weights.length - 1 && left >= weights[index]) {
      left -= weights[index++];
    }
    return index;
  }
}
