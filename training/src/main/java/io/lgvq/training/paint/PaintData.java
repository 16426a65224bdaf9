package io.lgvq.training.paint;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.head.TokenizedSample;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tokenized samples, ready to be drawn from: of each image its codes and one of its captions.
 * Immutable.
 *
 * @param samples one at least, all of one number of codes
 * @param vocabulary the bundle's
 * @param textLength T, {@code <begin>} included: longer captions are cut
 */
public record PaintData(List<TokenizedSample> samples, Vocabulary vocabulary, int textLength) {

  /** Number of images. */
  public int size() {
    return samples.size();
  }

  /**
   * Draws a batch.
   *
   * @param images indices of the images
   * @param withoutText probability that an image is shown without a caption
   */
  PaintBatch draw(int[] images, float withoutText, RandomGenerator random) {
    int places = samples.get(images[0]).codes().length;
    int[] codes = new int[images.length * places];
    int[] words = new int[images.length * textLength];
    for (int i = 0; i < images.length; i++) {
      TokenizedSample sample = samples.get(images[i]);
      System.arraycopy(sample.codes(), 0, codes, i * places, places);
      boolean told = random.nextFloat() >= withoutText && !sample.captions().isEmpty();
      String text = told ? sample.captions().get(random.nextInt(sample.captions().size())) : "";
      System.arraycopy(
          vocabulary.encodeBegun(text, textLength), 0, words, i * textLength, textLength);
    }
    return new PaintBatch(images.length, words, codes);
  }
}
