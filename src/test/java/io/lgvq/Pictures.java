package io.lgvq;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
