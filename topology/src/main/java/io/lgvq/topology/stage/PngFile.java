package io.lgvq.topology.stage;

import io.lgvq.operators.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files, 8-bit RGB. */
final class PngFile {

  private PngFile() {}

  /** The file's bytes. */
  static byte[] of(Pixels picture) {
    byte[] rgb = picture.rgb();
    int[] packed = new int[picture.width() * picture.height()];
    for (int i = 0; i < packed.length; i++) {
      packed[i] =
          (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
    }
    var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, picture.width(), picture.height(), packed, 0, picture.width());
    var bytes = new ByteArrayOutputStream();
    // In memory by name: ImageIO would put a temporary file behind a plain stream.
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }
}
