package io.lgvq.cli.demo;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A picture small enough to lie inside the page. */
final class Thumbnail {
  private static final int AS_IS = 200_000;
  private static final int SIDE = 480;

  private Thumbnail() {}

  /** A data URI of the scene's picture; of a file that is none, its bytes as they are. */
  static String of(Scene scene) {
    byte[] image = scene.image();
    if (image.length <= AS_IS) {
      return uri(scene.mediaType(), image);
    }
    try {
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(image));
      return read == null ? uri(scene.mediaType(), image) : uri("image/jpeg", scaled(read));
    } catch (IOException e) {
      return uri(scene.mediaType(), image);
    }
  }

  private static byte[] scaled(BufferedImage image) throws IOException {
    double factor = Math.min(1, (double) SIDE / Math.min(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(small, "jpeg", out);
    return out.toByteArray();
  }

  private static String uri(String mediaType, byte[] bytes) {
    return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
