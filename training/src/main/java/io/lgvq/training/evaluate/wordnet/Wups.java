package io.lgvq.training.evaluate.wordnet;

/**
 * What an answer is worth beside the expected one (Malinowski and Fritz, NeurIPS 2014, equation 4):
 * their likeness, a tenth of it if it is below the threshold. For answers of one word each the
 * products over sets that the paper takes are this one number.
 *
 * @param words how alike words are
 * @param threshold 0 .. 1; at 0 every likeness counts in full, at 0.9 about that of synonyms
 */
public record Wups(WuPalmer words, double threshold) {

  private static final double BELOW = 0.1;

  /** 0 .. 1. */
  public double of(String expected, String given) {
    double likeness = words.of(expected, given);
    return likeness < threshold ? BELOW * likeness : likeness;
  }
}
