package io.lgvq.training.evaluate.wording;

import java.util.List;

/**
 * ROUGE-L (Lin, 2004): the longest sequence of words, with or without others between, that a
 * caption and a reference have in common, as a share of the caption (precision) and of the
 * reference (recall), and the F measure of both with beta 1.2.
 *
 * <p>Over several references precision and recall are each the best, perhaps of two different
 * references, as in the COCO caption evaluation, whose figures papers give; Lin takes the best F,
 * which is never more. Stateless.
 */
final class RougeL {

  private static final double BETA_SQUARED = 1.2 * 1.2;

  private RougeL() {}

  /** Of one image, 0 .. 1. */
  static double of(Worded image) {
    double precision = 0;
    double recall = 0;
    for (List<String> reference : image.references()) {
      double common = common(image.caption(), reference);
      if (common > 0) {
        precision = Math.max(precision, common / image.caption().size());
        recall = Math.max(recall, common / reference.size());
      }
    }
    return precision == 0
        ? 0
        : (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
  }

  /** Length of the longest common subsequence. */
  private static int common(List<String> a, List<String> b) {
    int[] before = new int[b.size() + 1];
    for (String word : a) {
      int[] row = new int[before.length];
      for (int j = 0; j < b.size(); j++) {
        row[j + 1] = word.equals(b.get(j)) ? before[j] + 1 : Math.max(before[j + 1], row[j]);
      }
      before = row;
    }
    return before[b.size()];
  }
}
