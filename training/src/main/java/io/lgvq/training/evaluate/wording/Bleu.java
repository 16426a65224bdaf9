package io.lgvq.training.evaluate.wording;

import static io.lgvq.training.evaluate.wording.Ngrams.LONGEST;

import io.lgvq.training.estimate.Estimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU-4 of a corpus (Papineni et al., ACL 2002): the geometric mean of the shares of n-grams, n =
 * 1 .. 4, that stand in a reference (each as often as in one of them at most), counted over all
 * captions together, times a penalty if the captions are shorter together than their references.
 * Each caption's reference length is the closest one, the shorter of two that are as close.
 *
 * <p>Nothing is smoothed, and 0 it is where no run of four words is right: the usual tool adds
 * 1e-15 to each count, which says the same. Stateless.
 */
final class Bleu {

  /** Of each caption: hits by n, n-grams by n, then these two. */
  private static final int LENGTH = 2 * LONGEST;

  private static final int CLOSEST = LENGTH + 1;

  private Bleu() {}

  /** Of all images together; resampled images are counted together again. */
  static Estimate of(List<Worded> images) {
    int[][] counts = images.stream().map(Bleu::counts).toArray(int[][]::new);
    return Estimate.of(counts.length, chosen -> of(counts, chosen));
  }

  private static double of(int[][] counts, int[] chosen) {
    long[] sums = new long[CLOSEST + 1];
    for (int image : chosen) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[image][i];
      }
    }
    double logarithms = 0;
    for (int n = 0; n < LONGEST; n++) {
      if (sums[n] == 0) {
        return 0;
      }
      logarithms += Math.log((double) sums[n] / sums[LONGEST + n]);
    }
    double shortness = Math.min(0, 1 - (double) sums[CLOSEST] / sums[LENGTH]);
    return Math.exp(logarithms / LONGEST + shortness);
  }

  private static int[] counts(Worded image) {
    int[] counts = new int[CLOSEST + 1];
    int length = image.caption().size();
    for (int n = 1; n <= LONGEST; n++) {
      counts[n - 1] = hits(image, n);
      counts[LONGEST + n - 1] = Math.max(0, length - n + 1);
    }
    counts[LENGTH] = length;
    counts[CLOSEST] = closest(length, image.references());
    return counts;
  }

  private static int hits(Worded image, int n) {
    Map<List<String>, Integer> most = new HashMap<>();
    for (List<String> reference : image.references()) {
      Ngrams.of(reference, n).forEach((ngram, count) -> most.merge(ngram, count, Math::max));
    }
    int hits = 0;
    for (Map.Entry<List<String>, Integer> said : Ngrams.of(image.caption(), n).entrySet()) {
      hits += Math.min(said.getValue(), most.getOrDefault(said.getKey(), 0));
    }
    return hits;
  }

  private static int closest(int length, List<List<String>> references) {
    int closest = references.get(0).size();
    for (List<String> reference : references) {
      int gain = Math.abs(closest - length) - Math.abs(reference.size() - length);
      if (gain > 0 || gain == 0 && reference.size() < closest) {
        closest = reference.size();
      }
    }
    return closest;
  }
}
