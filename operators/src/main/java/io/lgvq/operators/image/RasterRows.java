package io.lgvq.operators.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;

/**
 * The RGB rows of what ImageIO decoded. Samples are taken as they stand: embedded colour profiles
 * are ignored and grey is not re-graded (Java's own conversion would brighten it), so that training
 * and serving agree whatever the Java release. Alpha is laid over white, 16 bits are rounded to 8.
 *
 * <p>One thread at a time.
 */
final class RasterRows implements Rows {

  /** Turns a row of samples, {@code bands} a pixel and 0 .. 255 each, into RGB. */
  private interface Colour {
    void convert(int[] samples, int bands, byte[] rgb);
  }

  private final Raster raster;
  private final Colour colour;
  private final int bands;
  private final int[] samples;

  /** Whether the samples are RGB bytes already, as in most photos. */
  private final boolean plain;

  private RasterRows(Raster raster, Colour colour, boolean plain) {
    this.raster = raster;
    this.colour = colour;
    this.bands = raster.getNumBands();
    this.samples = new int[raster.getWidth() * bands];
    this.plain = plain;
  }

  /** Rows of a decoded image of any kind. */
  static Rows of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel || model instanceof PackedColorModel) {
      return new Palette(image);
    }
    boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    Raster raster = image.getRaster();
    boolean plain =
        !grey && raster.getNumBands() == 3 && raster.getTransferType() == DataBuffer.TYPE_BYTE;
    return new RasterRows(raster, grey ? RasterRows::grey : RasterRows::colour, plain);
  }

  /** Rows of a JPEG's four raw channels: CMYK, or YCCK where Adobe's transform says so. */
  static Rows ofPrint(Raster raster, JpegSegments segments) {
    boolean luminance = segments.transform() == 2;
    return new RasterRows(
        raster, (samples, bands, rgb) -> print(samples, rgb, luminance, segments.adobe()), false);
  }

  @Override
  public int width() {
    return raster.getWidth();
  }

  @Override
  public int height() {
    return raster.getHeight();
  }

  @Override
  public void read(int y, byte[] rgb) {
    if (plain) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width(), 1, rgb);
      return;
    }
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, samples);
    if (raster.getTransferType() != DataBuffer.TYPE_BYTE) {
      int largest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (int) ((samples[i] * 255L + largest / 2) / largest);
      }
    }
    colour.convert(samples, bands, rgb);
  }

  private static void grey(int[] samples, int bands, byte[] rgb) {
    for (int from = 0, to = 0; from < samples.length; from += bands, to += 3) {
      int alpha = bands > 1 ? samples[from + 1] : 255;
      byte value = overWhite(samples[from], alpha);
      rgb[to] = value;
      rgb[to + 1] = value;
      rgb[to + 2] = value;
    }
  }

  private static void colour(int[] samples, int bands, byte[] rgb) {
    for (int from = 0, to = 0; from < samples.length; from += bands, to += 3) {
      int alpha = bands > 3 ? samples[from + 3] : 255;
      rgb[to] = overWhite(samples[from], alpha);
      rgb[to + 1] = overWhite(samples[from + 1], alpha);
      rgb[to + 2] = overWhite(samples[from + 2], alpha);
    }
  }

  /** Inks multiply: a channel's light is what its ink and the black let through. */
  private static void print(int[] samples, byte[] rgb, boolean luminance, boolean inverted) {
    for (int from = 0, to = 0; from < samples.length; from += 4, to += 3) {
      int first = samples[from];
      int second = samples[from + 1];
      int third = samples[from + 2];
      if (luminance) { // ITU-R BT.601, as in JFIF
        float y = first;
        float blue = second - 128;
        float red = third - 128;
        first = clamp(y + 1.402f * red);
        second = clamp(y - 0.344136f * blue - 0.714136f * red);
        third = clamp(y + 1.772f * blue);
      }
      int black = samples[from + 3];
      rgb[to] = light(first, black, inverted);
      rgb[to + 1] = light(second, black, inverted);
      rgb[to + 2] = light(third, black, inverted);
    }
  }

  private static byte light(int ink, int black, boolean inverted) {
    int product = inverted ? ink * black : (255 - ink) * (255 - black);
    return (byte) ((product + 127) / 255);
  }

  private static byte overWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  private static int clamp(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Images whose pixels are one number each: palettes, and packed bits as in BMP. */
  private static final class Palette implements Rows {

    private final BufferedImage image;
    private final int[] packed;

    Palette(BufferedImage image) {
      this.image = image;
      this.packed = new int[image.getWidth()];
    }

    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public void read(int y, byte[] rgb) {
      image.getRGB(0, y, packed.length, 1, packed, 0, packed.length);
      for (int x = 0; x < packed.length; x++) {
        int alpha = packed[x] >>> 24;
        rgb[3 * x] = overWhite(packed[x] >> 16 & 0xff, alpha);
        rgb[3 * x + 1] = overWhite(packed[x] >> 8 & 0xff, alpha);
        rgb[3 * x + 2] = overWhite(packed[x] & 0xff, alpha);
      }
    }
  }
}
