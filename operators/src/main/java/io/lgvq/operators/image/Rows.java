package io.lgvq.operators.image;

/** A picture that is read row by row, so that no second copy of a large one is made. */
interface Rows {

  /** Columns. */
  int width();

  /** Rows. */
  int height();

  /**
   * Copies a row.
   *
   * @param y 0 .. height - 1
   * @param rgb takes {@code 3 * width} bytes, interleaved
   */
  void read(int y, byte[] rgb);

  /** The rows of finished pixels. */
  static Rows of(Pixels pixels) {
    return new Rows() {
      @Override
      public int width() {
        return pixels.width();
      }

      @Override
      public int height() {
        return pixels.height();
      }

      @Override
      public void read(int y, byte[] rgb) {
        System.arraycopy(pixels.rgb(), 3 * y * pixels.width(), rgb, 0, 3 * pixels.width());
      }
    };
  }
}
