package io.lgvq.training.evaluate.language;

import io.lgvq.operators.codebook.TokenGrid;

/**
 * One word of a caption that is asked for.
 *
 * @param grid of the image
 * @param words of the caption, by number
 * @param hidden which of them are not seen
 * @param position of the word that is asked for
 */
record HiddenWordQuery(TokenGrid grid, int[] words, boolean[] hidden, int position) {

  /** The same of the image that a network was trained on that never saw one: code 0 everywhere. */
  HiddenWordQuery blank() {
    TokenGrid blank =
        new TokenGrid(
            grid.codebook(),
            grid.height(),
            grid.width(),
            grid.depth(),
            new int[grid.codes().length]);
    return new HiddenWordQuery(blank, words, hidden, position);
  }

  /** The number of the word that is asked for. */
  int truth() {
    return words[position];
  }
}
