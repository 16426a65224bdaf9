package io.lgvq.training.complete;

/**
 * Sizes of the network that fills holes.
 *
 * @param gridHeight rows of codes
 * @param gridWidth columns of codes
 * @param codes number K of codes
 * @param dimension length d of a code's vector
 * @param width channels
 * @param attentionHeads heads of each attention; divides {@code width}
 * @param blocks residual blocks before the transformer
 * @param layers of the transformer
 */
public record CompleteSize(
    int gridHeight,
    int gridWidth,
    int codes,
    int dimension,
    int width,
    int attentionHeads,
    int blocks,
    int layers) {

  /** Number n of codes of an image. */
  public int places() {
    return gridHeight * gridWidth;
  }
}
