package io.lgvq.training.evaluate.language;

import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finding an image by its caption, and a caption by its image, among all that were added (LG-VQ,
 * fig. 4): the share of searches whose answer is among the first k.
 *
 * <p>Threading: one thread.
 */
final class Retrieval {

  private final List<float[]> images = new ArrayList<>();
  private final List<float[]> captions = new ArrayList<>();

  /** Adds an image with its caption, as vectors of unit length. */
  void add(float[] image, float[] caption) {
    images.add(image);
    captions.add(caption);
  }

  /** Results of searching with each of {@code from} among {@code in}. */
  private static Recall search(List<float[]> from, List<float[]> in) {
    int[] ranks = new int[from.size()];
    for (int i = 0; i < ranks.length; i++) {
      double own = Vectors.dot(from.get(i), in.get(i));
      for (float[] other : in) {
        ranks[i] += Vectors.dot(from.get(i), other) > own ? 1 : 0;
      }
    }
    return new Recall(in.size(), within(ranks, 1), within(ranks, 5), within(ranks, 10));
  }

  private static Estimate within(int[] ranks, int k) {
    double[] found = new double[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      found[i] = ranks[i] < k ? 1 : 0;
    }
    return Estimate.mean(found);
  }

  /** Images by captions. */
  Recall textToImage() {
    return search(captions, images);
  }

  /** Captions by images. */
  Recall imageToText() {
    return search(images, captions);
  }

  /** Whether anything was added. */
  boolean isEmpty() {
    return images.isEmpty();
  }
}
