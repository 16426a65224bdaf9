package io.lgvq.training.corpus.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Reads trusted pictures (the digest of their package is pinned) with ImageIO. */
final class PictureFiles {

  static {
    ImageIO.setUseCache(false);
  }

  private PictureFiles() {}

  static Raster read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      BufferedImage image = ImageIO.read(in);
      if (image == null) {
        throw new IOException("no reader knows the format of " + file);
      }
      return of(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Raster of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    return new Raster(width, height, image.getRGB(0, 0, width, height, null, 0, width));
  }
}
