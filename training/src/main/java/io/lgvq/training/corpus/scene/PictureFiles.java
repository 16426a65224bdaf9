package io.lgvq.training.corpus.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Reads trusted pictures (the digest of their package is pinned) with ImageIO. */
final class PictureFiles {

  static {
    ImageIO.setUseCache(false);
  }

  private PictureFiles() {}

  /** The first of some files that exists. */
  static Optional<Raster> firstOf(Path folder, String... names) {
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        return Optional.of(read(file));
      }
    }
    return Optional.empty();
  }

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
