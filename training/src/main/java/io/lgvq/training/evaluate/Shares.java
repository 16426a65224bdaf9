package io.lgvq.training.evaluate;

import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * How many of how many, counted image by image: questions answered rightly, objects named.
 *
 * <p>Threading: one thread.
 */
final class Shares {

  private final List<int[]> images = new ArrayList<>();
  private int hits;
  private int total;

  /** Counts the next image. */
  void add(int hitsHere, int totalHere) {
    images.add(new int[] {hitsHere, totalHere});
    hits += hitsHere;
    total += totalHere;
  }

  /** How many in all images. */
  int total() {
    return total;
  }

  /** Of all images together. */
  double share() {
    return total == 0 ? 0 : (double) hits / total;
  }

  /** Of some images together, by index; the share of all where these have nothing to count. */
  double share(int[] chosen) {
    long some = 0;
    long of = 0;
    for (int image : chosen) {
      some += images.get(image)[0];
      of += images.get(image)[1];
    }
    return of == 0 ? share() : (double) some / of;
  }

  /** Of all images together, with its interval. */
  Estimate estimate() {
    return Estimate.of(images.size(), this::share);
  }
}
