package io.lgvq.training.evaluate;

import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * How many of how many, counted image by image: questions answered rightly, objects named. A hit
 * may be in part.
 *
 * <p>Threading: one thread.
 */
final class Shares {

  private final List<double[]> images = new ArrayList<>();
  private double hits;
  private int total;

  /** Counts the next image. */
  void add(double hitsHere, int totalHere) {
    images.add(new double[] {hitsHere, totalHere});
    hits += hitsHere;
    total += totalHere;
  }

  /** How many in all images. */
  int total() {
    return total;
  }

  /** Of all images together. */
  double share() {
    return total == 0 ? 0 : hits / total;
  }

  /** Of some images together, by index; the share of all where these have nothing to count. */
  double share(int[] chosen) {
    double some = 0;
    double of = 0;
    for (int image : chosen) {
      some += images.get(image)[0];
      of += images.get(image)[1];
    }
    return of == 0 ? share() : some / of;
  }

  /** Of all images together, with its interval. */
  Estimate estimate() {
    return Estimate.of(images.size(), this::share);
  }
}
