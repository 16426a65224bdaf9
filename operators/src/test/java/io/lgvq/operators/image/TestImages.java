package io.lgvq.operators.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Real encoded images: written by ImageIO, or (what the JDK cannot write) kept as resources. */
final class TestImages {

  static final int WIDTH = 48;
  static final int HEIGHT = 32;

  private TestImages() {}

  /** Red grows to the right, green grows downwards, blue is level: no two corners look alike. */
  static BufferedImage gradient(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, 0xff000000 | red(x) << 16 | green(y) << 8 | 128);
      }
    }
    return image;
  }

  static int red(int x) {
    return 255 * x / (WIDTH - 1);
  }

  static int green(int y) {
    return 255 * y / (HEIGHT - 1);
  }

  static byte[] encode(BufferedImage image, String format) {
    return encode(image, format, false);
  }

  static byte[] encode(BufferedImage image, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam how = writer.getDefaultWriteParam();
      if (progressive) {
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static byte[] resource(String name) {
    try (InputStream in = TestImages.class.getResourceAsStream("/images/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of each format and kind that the decoder meets. */
  static byte[] sample(String name) {
    return switch (name) {
      case "jpeg" -> encode(gradient(BufferedImage.TYPE_INT_RGB), "jpeg");
      case "progressive jpeg" -> encode(gradient(BufferedImage.TYPE_INT_RGB), "jpeg", true);
      case "png" -> encode(gradient(BufferedImage.TYPE_INT_RGB), "png");
      case "palette png" -> encode(gradient(BufferedImage.TYPE_BYTE_INDEXED), "png");
      case "deep png" -> DeepPng.of(WIDTH, HEIGHT);
      case "gif" -> encode(gradient(BufferedImage.TYPE_INT_RGB), "gif");
      case "bmp" -> encode(gradient(BufferedImage.TYPE_INT_RGB), "bmp");
      default -> resource(name);
    };
  }
}
