package io.lgvq.training.corpus.scene;

/**
 * A picture with transparency, colours not multiplied by it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param argb row-major 0xAARRGGBB; nobody writes to it after construction
 */
record Raster(int width, int height, int[] argb) {

  private static final int VISIBLE = 24;

  /** Cuts transparent margins off. */
  Raster trimmed() {
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (argb[y * width + x] >>> 24 >= VISIBLE) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    if (right < 0) {
      throw new IllegalArgumentException("the picture is empty");
    }
    int newWidth = right - left + 1;
    int[] cut = new int[newWidth * (bottom - top + 1)];
    for (int y = top; y <= bottom; y++) {
      System.arraycopy(argb, y * width + left, cut, (y - top) * newWidth, newWidth);
    }
    return new Raster(newWidth, bottom - top + 1, cut);
  }

  /** Resampled by area averaging of colours weighted with their opacity. */
  Raster scaled(int newWidth, int newHeight) {
    int[] out = new int[newWidth * newHeight];
    double stepX = (double) width / newWidth;
    double stepY = (double) height / newHeight;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        out[y * newWidth + x] = average(x * stepX, (x + 1) * stepX, y * stepY, (y + 1) * stepY);
      }
    }
    return new Raster(newWidth, newHeight, out);
  }

  private int average(double left, double right, double top, double bottom) {
    double alpha = 0;
    double red = 0;
    double green = 0;
    double blue = 0;
    double area = 0;
    for (int y = (int) top; y < Math.min(height, Math.ceil(bottom)); y++) {
      double rows = Math.min(bottom, y + 1) - Math.max(top, y);
      for (int x = (int) left; x < Math.min(width, Math.ceil(right)); x++) {
        double weight = rows * (Math.min(right, x + 1) - Math.max(left, x));
        int pixel = argb[y * width + x];
        double opaque = weight * (pixel >>> 24);
        area += weight;
        alpha += opaque;
        red += opaque * (pixel >> 16 & 255);
        green += opaque * (pixel >> 8 & 255);
        blue += opaque * (pixel & 255);
      }
    }
    if (alpha <= 0) {
      return 0;
    }
    return round(alpha / area) << 24
        | round(red / alpha) << 16
        | round(green / alpha) << 8
        | round(blue / alpha);
  }

  /** Mean colour of what is opaque, 0xRRGGBB. */
  int mean() {
    return average(0, width, 0, height) & 0xFFFFFF;
  }

  /** Left and right swapped. */
  Raster mirrored() {
    int[] out = new int[argb.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[y * width + x] = argb[y * width + width - 1 - x];
      }
    }
    return new Raster(width, height, out);
  }

  private static int round(double value) {
    return (int) (value + 0.5);
  }
}
