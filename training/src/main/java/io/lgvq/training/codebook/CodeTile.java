package io.lgvq.training.codebook;

import io.lgvq.operators.image.Pixels;
import java.awt.Color;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What one code looks like where all its neighbours are the same code.
 *
 * @param code 0 .. K-1
 * @param picture the middle of what the decoder makes of it
 * @param used whether anything is known to be made of it; true where nobody looked
 */
record CodeTile(int code, Pixels picture, boolean used) {

  /** Sides beyond this are cut off. The texture repeats, and only edges look otherwise. */
  static final int LARGEST = 32;

  private static final float GREY = 0.15f;
  private static final int HUES = 12;

  /**
   * Greys first, then hue by hue around the circle, each from dark to bright; unused codes last.
   */
  static final Comparator<CodeTile> BY_COLOUR =
      Comparator.comparing(CodeTile::used, Comparator.reverseOrder())
          .thenComparingInt(CodeTile::hue)
          .thenComparingDouble(CodeTile::brightness)
          .thenComparingInt(CodeTile::code);

  /** Cuts a tile out of a decoded picture. */
  static CodeTile of(int code, Pixels decoded) {
    int width = Math.min(LARGEST, decoded.width());
    int height = Math.min(LARGEST, decoded.height());
    int left = (decoded.width() - width) / 2;
    int top = (decoded.height() - height) / 2;
    byte[] rgb = new byte[3 * width * height];
    for (int row = 0; row < height; row++) {
      int from = 3 * ((top + row) * decoded.width() + left);
      System.arraycopy(decoded.rgb(), from, rgb, 3 * row * width, 3 * width);
    }
    return new CodeTile(code, new Pixels(width, height, rgb), true);
  }

  /** As it is drawn: an unused one is struck out, black beside white to be seen on any colour. */
  Pixels drawn() {
    if (used) {
      return picture;
    }
    byte[] rgb = picture.rgb().clone();
    for (int row = 0; row < picture.height(); row++) {
      int column = row * (picture.width() - 1) / picture.height();
      int at = 3 * (row * picture.width() + column);
      Arrays.fill(rgb, at, at + 3, (byte) 0);
      Arrays.fill(rgb, at + 3, at + 6, (byte) 255);
    }
    return new Pixels(picture.width(), picture.height(), rgb);
  }

  /** 0 of a grey, else 1 .. 12 from red over green and blue back to red. */
  private int hue() {
    double[] mean = mean();
    float[] hsb = Color.RGBtoHSB((int) mean[0], (int) mean[1], (int) mean[2], new float[3]);
    return hsb[1] * hsb[2] < GREY ? 0 : 1 + Math.round(hsb[0] * HUES) % HUES;
  }

  private double brightness() {
    double[] mean = mean();
    return 0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2]; // Rec. 601
  }

  /** Of each channel, 0 .. 255. */
  private double[] mean() {
    double[] sums = new double[3];
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      sums[i % 3] += rgb[i] & 255;
    }
    int pixels = rgb.length / 3;
    return new double[] {sums[0] / pixels, sums[1] / pixels, sums[2] / pixels};
  }
}
