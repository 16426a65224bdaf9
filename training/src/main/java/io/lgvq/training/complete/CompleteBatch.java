package io.lgvq.training.complete;

import io.lgvq.training.head.HeadBatch;
import io.lgvq.training.head.TokenizedSample;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one step of the training reads. Arrays are row-major; nobody writes to them.
 *
 * @param images B
 * @param grids codes [B, n], K at holes
 * @param hidden what is in the holes [B, n]; {@link HeadBatch#NONE} at the places that are shown,
 *     where there is nothing to guess
 */
record CompleteBatch(int images, int[] grids, int[] hidden) {

  /**
   * Draws holes into some images.
   *
   * @param images indices of the images
   * @param hole K, which stands for a code that is hidden
   */
  static CompleteBatch draw(
      List<TokenizedSample> samples,
      int[] images,
      int hole,
      HolePattern pattern,
      RandomGenerator random) {
    int places = pattern.rows() * pattern.columns();
    int[] grids = new int[images.length * places];
    int[] truth = new int[images.length * places];
    Arrays.fill(truth, HeadBatch.NONE);
    for (int i = 0; i < images.length; i++) {
      int[] codes = samples.get(images[i]).codes();
      boolean[] hidden = pattern.draw(random);
      for (int place = 0; place < places; place++) {
        int at = i * places + place;
        grids[at] = hidden[place] ? hole : codes[place];
        truth[at] = hidden[place] ? codes[place] : HeadBatch.NONE;
      }
    }
    return new CompleteBatch(images.length, grids, truth);
  }
}
