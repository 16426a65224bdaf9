package io.lgvq.training.alignment;

/**
 * Sizes and habits of the language modules.
 *
 * @param captionLength longest caption in word pieces; what is longer is cut
 * @param relationWords most content words of a caption that are compared
 * @param visual the visual token encoder, eq. 4
 * @param text the masked-word network, eq. 6
 * @param temperature of the alignment, eq. 5
 * @param labelSmoothing of the masked words, eq. 6
 * @param mask how many words are masked
 */
public record AlignmentSettings(
    int captionLength,
    int relationWords,
    Visual visual,
    Transformer text,
    float temperature,
    float labelSmoothing,
    Mask mask) {

  /**
   * Sizes of the visual token encoder.
   *
   * @param merge squares of this many codes a side are seen as one, 1 in the paper: with 2 the
   *     transformer has a quarter of the places and costs several times less
   * @param blocks residual convolutions over the grid before the transformer: 0 in the paper;
   *     convolution learns to see objects several times faster
   * @param layers of the transformer
   * @param width of all of it
   * @param heads of each attention
   */
  public record Visual(int merge, int blocks, int layers, int width, int heads) {}

  /** Sizes of a transformer; its feed-forward layers are four times as wide. */
  public record Transformer(int layers, int width, int heads) {}

  /**
   * The share of a caption's words that is masked: Gaussian, cut to a range; at least one word.
   *
   * @param mean of the Gaussian
   * @param deviation of the Gaussian
   * @param least lower end of the range
   * @param most upper end of the range
   */
  public record Mask(float mean, float deviation, float least, float most) {}
}
