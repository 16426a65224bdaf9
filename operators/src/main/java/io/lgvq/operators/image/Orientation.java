package io.lgvq.operators.image;

/**
 * How the camera was held, by EXIF 2.3, tag 0x0112: where the stored picture's first row and column
 * belong.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_180(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_90_CLOCKWISE(true, true, false),
  TRANSVERSED(true, true, true),
  TURNED_90_COUNTERCLOCKWISE(true, false, true);

  private final boolean swapped;
  private final boolean mirrored;
  private final boolean flipped;

  /** Transposes first, then mirrors left and right, then flips up and down. */
  Orientation(boolean swapped, boolean mirrored, boolean flipped) {
    this.swapped = swapped;
    this.mirrored = mirrored;
    this.flipped = flipped;
  }

  /** The orientation of an EXIF value; whatever is not 2..8 counts as upright. */
  static Orientation of(int exif) {
    return exif >= 1 && exif <= 8 ? values()[exif - 1] : UPRIGHT;
  }

  /** Whether width and height change places. */
  boolean swapped() {
    return swapped;
  }

  /** The picture as it was meant to be seen. */
  Pixels upright(Pixels stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = swapped ? stored.height() : stored.width();
    int height = swapped ? stored.width() : stored.height();
    byte[] rgb = new byte[stored.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = mirrored ? width - 1 - x : x;
        int row = flipped ? height - 1 - y : y;
        int from = swapped ? column * stored.width() + row : row * stored.width() + column;
        System.arraycopy(stored.rgb(), 3 * from, rgb, 3 * (y * width + x), 3);
      }
    }
    return new Pixels(width, height, rgb);
  }
}
