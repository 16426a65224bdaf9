package io.lgvq.operators.image;

/**
 * A rectangle of a picture, in whole pixels.
 *
 * @param x first column, from 0 at the left
 * @param y first row, from 0 at the top
 * @param width columns, 1 or more
 * @param height rows, 1 or more
 */
public record Region(int x, int y, int width, int height) {

  /** Checks the ranges. */
  public Region {
    if (x < 0 || y < 0) {
      throw new IllegalArgumentException(
          "a rectangle begins at 0,0 or right and below of it, not at %d,%d".formatted(x, y));
    }
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a rectangle of %d x %d pixels holds nothing".formatted(width, height));
    }
  }

  /** Whether it lies within a picture of this size, wholly. */
  public boolean within(int pictureWidth, int pictureHeight) {
    return (long) x + width <= pictureWidth && (long) y + height <= pictureHeight;
  }
}
