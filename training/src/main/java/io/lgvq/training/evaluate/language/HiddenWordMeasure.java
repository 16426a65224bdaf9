package io.lgvq.training.evaluate.language;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Recall@1 of hidden words (LG-VQ, table 3): of each caption some words that carry meaning are
 * hidden at once, and each must be the likeliest. The same words are hidden for everyone.
 *
 * <p>Threading: one thread.
 */
final class HiddenWordMeasure {

  private final int count;
  private final List<double[]> images = new ArrayList<>();

  /**
   * @param count words of a caption that are hidden; all where it has fewer
   */
  HiddenWordMeasure(int count) {
    this.count = count;
  }

  /**
   * The queries of one image.
   *
   * @param index of the image, which decides the words
   */
  List<HiddenWordQuery> queries(
      TokenGrid grid, int[] words, List<Integer> contentPositions, long index) {
    List<Integer> left = new ArrayList<>(contentPositions);
    SplittableRandom random = new SplittableRandom(index * 31 + count);
    boolean[] hidden = new boolean[words.length];
    List<Integer> asked = new ArrayList<>();
    while (asked.size() < count && !left.isEmpty()) {
      int position = left.remove(random.nextInt(left.size()));
      hidden[position] = true;
      asked.add(position);
    }
    return asked.stream()
        .map(position -> new HiddenWordQuery(grid, words, hidden, position))
        .toList();
  }

  /**
   * Counts queries and what was said to them.
   *
   * @param queries those of an image together, as {@link #queries} gave them
   */
  void add(List<HiddenWordQuery> queries, List<Integer> said) {
    for (int i = 0; i < queries.size(); i++) {
      if (i == 0 || queries.get(i).hidden() != queries.get(i - 1).hidden()) {
        images.add(new double[2]);
      }
      double[] image = images.get(images.size() - 1);
      image[0] += queries.get(i).truth() == said.get(i) ? 1 : 0;
      image[1]++;
    }
  }

  /** Share of all hidden words. */
  Estimate estimate() {
    return Estimate.of(images.size(), this::share);
  }

  private double share(int[] chosen) {
    double right = Arrays.stream(chosen).mapToDouble(i -> images.get(i)[0]).sum();
    return right / Math.max(1, Arrays.stream(chosen).mapToDouble(i -> images.get(i)[1]).sum());
  }
}
