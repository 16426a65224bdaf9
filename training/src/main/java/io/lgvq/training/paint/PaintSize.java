package io.lgvq.training.paint;

/**
 * Sizes of the prior.
 *
 * @param gridHeight rows of codes
 * @param gridWidth columns of codes, 2 or more
 * @param codes number K of codes
 * @param dimension length d of a code's vector
 * @param words size of the vocabulary
 * @param textLength T, words of a text, {@code <begin>} included
 * @param width channels of the transformer, divisible by 4
 * @param attentionHeads heads of each attention; divides {@code width}
 * @param layers of the transformer
 */
public record PaintSize(
    int gridHeight,
    int gridWidth,
    int codes,
    int dimension,
    int words,
    int textLength,
    int width,
    int attentionHeads,
    int layers) {

  /** Checks what the networks rely on. */
  public PaintSize {
    if (gridHeight < 2 || gridWidth < 2) {
      throw new IllegalArgumentException(
          "a grid of %d x %d has no neighbours above and beside".formatted(gridHeight, gridWidth));
    }
    if (width % 4 != 0) {
      throw new IllegalArgumentException("the paint head's width must be divisible by 4: " + width);
    }
  }

  /** Number n of codes of an image. */
  public int places() {
    return gridHeight * gridWidth;
  }

  /** Words and codes together: the length of the sequence. */
  public int length() {
    return textLength + places();
  }

  /** S: values that are remembered of a place, a key and a value in each layer. */
  public int remembered() {
    return 2 * layers * width;
  }
}
