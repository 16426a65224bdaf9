package io.lgvq.operators.image;

import java.util.Arrays;

/**
 * A picture ready for the model: 8-bit RGB, interleaved, row-major.
 *
 * <p>The array is not copied; nobody writes to it after construction.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code (row * width + column) * 3 + channel}, {@code 3 * width * height} bytes, each
 *     0..255 unsigned
 */
public record Pixels(int width, int height, byte[] rgb) {

  /** Checks that the array holds just the picture. */
  public Pixels {
    if (width < 1 || height < 1 || 3L * width * height != rgb.length) {
      throw new IllegalArgumentException(
          "%d bytes are no RGB picture of %d x %d".formatted(rgb.length, width, height));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pixels that
        && width == that.width
        && height == that.height
        && Arrays.equals(rgb, that.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Pixels[" + width + "x" + height + "]";
  }
}
