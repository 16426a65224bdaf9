package io.lgvq.operators.paint;

import java.util.Arrays;

/**
 * The codes of a picture that is being painted, with all that the prior remembers of its text and
 * of them. Filled place by place, row-major. One thread.
 */
final class Canvas {

  private final int[] words;
  private final float[] memory;
  private final int[] codes;
  private int position;

  /**
   * An empty one.
   *
   * @param words T word ids
   * @param text what the prior remembers of them, T x S values
   * @param places n
   */
  Canvas(int[] words, float[] text, int places) {
    this.words = words;
    this.codes = new int[places];
    int size = text.length / words.length;
    this.memory = Arrays.copyOf(text, (words.length + places) * size);
  }

  /** T word ids. */
  int[] words() {
    return words;
  }

  /** T + n rows of S values; those of places that are still empty are 0. */
  float[] memory() {
    return memory;
  }

  /** n codes; 0 where the place is still empty. */
  int[] codes() {
    return codes;
  }

  /** The first empty place. */
  int position() {
    return position;
  }

  /**
   * Fills the first empty place.
   *
   * @param entry what the prior is to remember of it, S values
   */
  void put(int code, float[] entry) {
    System.arraycopy(entry, 0, memory, (words.length + position) * entry.length, entry.length);
    codes[position++] = code;
  }
}
