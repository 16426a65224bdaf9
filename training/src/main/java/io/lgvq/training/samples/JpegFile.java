package io.lgvq.training.samples;

import io.lgvq.operators.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes pictures as JPEG files. */
final class JpegFile {

  private static final float QUALITY = 0.9f;

  private JpegFile() {}

  static void write(Pixels picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(picture), null, null), settings);
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage image(Pixels picture) {
    int width = picture.width();
    BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = picture.rgb();
    for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
      int value =
          ((rgb[3 * pixel] & 255) << 16)
              | ((rgb[3 * pixel + 1] & 255) << 8)
              | (rgb[3 * pixel + 2] & 255);
      image.setRGB(pixel % width, pixel / width, value);
    }
    return image;
  }
}
