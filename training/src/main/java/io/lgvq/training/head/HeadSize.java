package io.lgvq.training.head;

/**
 * Sizes of the networks that read tokens.
 *
 * @param gridHeight rows of codes, even
 * @param gridWidth columns of codes, even
 * @param codes number K of codes
 * @param dimension length d of a code's vector
 * @param width channels of the image memory and of the text states
 * @param attentionHeads heads of each attention; divides {@code width}
 * @param fineWidth channels of the image memory before codes are merged
 * @param fineBlocks residual blocks of the image memory before codes are merged
 * @param imageBlocks residual blocks of the image memory after that
 * @param textBlocks transformer blocks of each text side
 * @param words size of the vocabulary
 * @param answers size of the answer vocabulary
 * @param captionLength words of a caption, {@code <begin>} included
 * @param questionLength words of a question
 */
public record HeadSize(
    int gridHeight,
    int gridWidth,
    int codes,
    int dimension,
    int width,
    int attentionHeads,
    int fineWidth,
    int fineBlocks,
    int imageBlocks,
    int textBlocks,
    int words,
    int answers,
    int captionLength,
    int questionLength) {

  /** Checks that the grid can be merged. */
  public HeadSize {
    if (gridHeight % 2 != 0 || gridWidth % 2 != 0) {
      throw new IllegalArgumentException(
          "the heads merge 2 x 2 codes, so a grid of %d x %d does not fit"
              .formatted(gridHeight, gridWidth));
    }
  }

  /** Number n of codes of an image. */
  public int places() {
    return gridHeight * gridWidth;
  }

  /** Number M of vectors in the image memory. */
  public int memory() {
    return places() / 4;
  }
}
