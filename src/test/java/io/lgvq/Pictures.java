package io.lgvq;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Pictures for tests, drawn on the spot. */
public final class Pictures {
  private Pictures() {}

  /** A coloured ball on white, as PNG. */
  public static byte[] ball(Color colour) {
    BufferedImage image = new BufferedImage(128, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 128, 96);
    graphics.setColor(colour);
    graphics.fillOval(34, 18, 60, 60);
    graphics.dispose();
    return png(image);
  }

  /** A picture as PNG. */
  public static byte[] png(BufferedImage image) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same scene, left and right exchanged. */
  public static BufferedImage mirrored(BufferedImage image) {
    return each(image, (x, y) -> image.getRGB(image.getWidth() - 1 - x, y));
  }

  /** The same scene in negative colours. */
  public static BufferedImage negative(BufferedImage image) {
    return each(image, (x, y) -> ~image.getRGB(x, y));
  }

  /** The same scene with an eighth of the light. */
  public static BufferedImage night(BufferedImage image) {
    return each(image, (x, y) -> image.getRGB(x, y) >> 3 & 0x1F1F1F);
  }

  private static BufferedImage each(BufferedImage image, IntBinaryOperator rgb) {
    BufferedImage changed =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        changed.setRGB(x, y, rgb.applyAsInt(x, y));
      }
    }
    return changed;
  }
}
