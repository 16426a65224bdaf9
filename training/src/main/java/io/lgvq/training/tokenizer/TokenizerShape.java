package io.lgvq.training.tokenizer;

import java.util.List;

/**
 * The architecture of encoder, codebook and decoder; the {@code tokenizer} part of a preset.
 *
 * @param imageSize side length of the square images, in pixels
 * @param stem first convolution
 * @param levels from the pixels inwards; between two levels the side length halves
 * @param decoderBlocks residual blocks a level of the decoder
 * @param codes K, size of the codebook
 * @param dimension d of a code
 */
public record TokenizerShape(
    int imageSize, Stem stem, List<Level> levels, int decoderBlocks, int codes, int dimension) {

  /**
   * The convolution that reads the pixels; the decoder ends in its mirror image, a convolution and
   * a pixel shuffle.
   *
   * @param padding such that the side length is divided by just {@code stride}
   */
  public record Stem(int kernel, int stride, int padding) {}

  /**
   * Layers of one side length.
   *
   * @param channels of every layer here
   * @param blocks residual blocks of the encoder
   * @param attention whether self-attention follows every block
   */
  public record Level(int channels, int blocks, boolean attention) {}

  /** Checks that the sizes fit. */
  public TokenizerShape {
    levels = List.copyOf(levels);
    if (levels.isEmpty()
        || codes < 1
        || dimension < 1
        || imageSize < 1
        || imageSize % (stem.stride() << (levels.size() - 1)) != 0) {
      throw new IllegalArgumentException(
          "an image of %d cannot be divided by a stem of stride %d and %d levels"
              .formatted(imageSize, stem.stride(), levels.size()));
    }
  }

  /** f, pixels a side of a code's patch. */
  public int factor() {
    return stem.stride() << (levels.size() - 1);
  }

  /** Side length h = w of the grid of codes. */
  public int grid() {
    return imageSize / factor();
  }

  /** n = h * w, codes an image. */
  public int length() {
    return grid() * grid();
  }

  /** The innermost level. */
  public Level innermost() {
    return levels.get(levels.size() - 1);
  }
}
