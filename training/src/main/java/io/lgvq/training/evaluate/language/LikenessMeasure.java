package io.lgvq.training.evaluate.language;

import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the likeness of codes is from that of the words that they stand for (LG-VQ, eqs. 7, 8 and
 * table 4): each word of a caption finds the place most like it, and over all pairs of words the
 * squared difference between the words' cosine and that of their places' codes is averaged.
 *
 * <p>Threading: one thread.
 */
final class LikenessMeasure {

  private record Pair(double words, double codes) {}

  private final List<List<Pair>> images = new ArrayList<>();

  /**
   * Adds an image.
   *
   * @param words mean-centred rows of its caption's different words that carry meaning
   */
  void add(List<float[]> words, Places places) {
    List<float[]> codes =
        words.stream().map(word -> places.vectors()[nearest(word, places.tokens())]).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(
            new Pair(
                Vectors.cosine(words.get(i), words.get(j)),
                Vectors.cosine(codes.get(i), codes.get(j))));
      }
    }
    images.add(pairs);
  }

  private static int nearest(float[] word, float[][] tokens) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < tokens.length; place++) {
      double cosine = Vectors.cosine(word, tokens[place]);
      if (cosine > most) {
        most = cosine;
        best = place;
      }
    }
    return best;
  }

  /** Mean squared difference. */
  Estimate estimate() {
    double[] sums = images.stream().mapToDouble(LikenessMeasure::squares).toArray();
    return Estimate.of(
        images.size(),
        chosen ->
            Arrays.stream(chosen).mapToDouble(i -> sums[i]).sum()
                / Math.max(1, Arrays.stream(chosen).map(i -> images.get(i).size()).sum()));
  }

  private static double squares(List<Pair> pairs) {
    return pairs.stream().mapToDouble(pair -> Math.pow(pair.words() - pair.codes(), 2)).sum();
  }

  /** What codes would reach of which all pairs are equally alike: the variance of the words'. */
  double constant() {
    double[] words = images.stream().flatMap(List::stream).mapToDouble(Pair::words).toArray();
    double mean = Arrays.stream(words).average().orElse(0);
    return Arrays.stream(words).map(word -> Math.pow(word - mean, 2)).average().orElse(0);
  }
}
