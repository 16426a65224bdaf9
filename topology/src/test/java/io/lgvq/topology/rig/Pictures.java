package io.lgvq.topology.rig;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Real picture files, good and bad. */
public final class Pictures {

  private static final int SIDE = 96;

  private Pictures() {}

  /** A picture whose colours follow from a number. */
  public static byte[] file(String format, int number) {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int red = (x * 2 + number * 31) & 0xFF;
        int green = (y * 2 + number * 17) & 0xFF;
        image.setRGB(x, y, red << 16 | green << 8 | (x / 16 + y / 16) % 2 * 255);
      }
    }
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The first half of a file. */
  public static byte[] truncated(byte[] file) {
    return Arrays.copyOf(file, file.length / 2);
  }

  /** A PNG whose header, checksum and all, declares other sides than it has. */
  public static byte[] pngDeclaring(int width, int height) {
    byte[] png = file("png", 0);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, width);
    header.putInt(20, height);
    var checksum = new CRC32();
    checksum.update(png, 12, 17);
    header.putInt(29, (int) checksum.getValue());
    return png;
  }
}
