package io.lgvq.training.head;

/**
 * What one step of the heads' training reads. Arrays are row-major; nobody writes to them.
 *
 * @param images B
 * @param codes [B, n]
 * @param captionsEach captions an image; 0 where there are none
 * @param captions what the caption head reads and should say
 * @param mentioned ids of the words that an image's captions hold, in any order, one array an image
 * @param questionsEach questions an image; 0 where nothing is asked
 * @param questions what the answer head reads and should say
 */
public record HeadBatch(
    int images,
    int[] codes,
    int captionsEach,
    Captions captions,
    int[][] mentioned,
    int questionsEach,
    Questions questions) {

  /** Stands where a target should be and is not: no loss there. */
  public static final int NONE = -1;

  /**
   * Captions for teacher forcing, those of one image together.
   *
   * @param length words of the longest one, {@code <begin>} included
   * @param words [B captionsEach, length], {@code <begin>} first, padded
   * @param next the word after each [B captionsEach, length], or {@link #NONE}
   */
  public record Captions(int length, int[] words, int[] next) {}

  /**
   * Questions with their answers, those of one image together.
   *
   * @param length words of the longest one
   * @param words [B questionsEach, length], padded
   * @param answers index of the true answer [B questionsEach], or {@link #NONE}
   * @param types what is asked for [B questionsEach]; empty where nothing is asked
   */
  public record Questions(int length, int[] words, int[] answers, String[] types) {}
}
