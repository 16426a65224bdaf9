package io.lgvq.operators.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels as a PNG file, without loss. Stateless; safe for use by several threads. */
public final class PngEncoder {

  private PngEncoder() {}

  /** The bytes of an 8-bit RGB PNG file. */
  public static byte[] encode(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = pixels.rgb();
    for (int i = 0; i < rgb.length / 3; i++) {
      int packed = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      image.setRGB(i % pixels.width(), i / pixels.width(), packed);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new AssertionError("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
