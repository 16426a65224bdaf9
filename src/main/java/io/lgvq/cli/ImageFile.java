package io.lgvq.cli;

import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An image that was named on the command line: a picture, or why there is none. */
sealed interface ImageFile {
  /** The file as it was named. */
  Path file();

  /**
   * A picture.
   *
   * @param pixels of the model's size
   * @param width of the image itself, upright, in pixels
   * @param height of the image itself, upright, in pixels
   */
  record Loaded(Path file, Pixels pixels, int width, int height) implements ImageFile {}

  /**
   * No picture.
   *
   * @param reason for programs, for instance {@code image-corrupt}
   * @param detail for people
   */
  record Refused(Path file, String reason, String detail) implements ImageFile {}

  /** Reads and decodes a file. */
  static ImageFile read(Path file, ImageDecoder decoder) {
    try {
      Decoded decoded = decoder.decode(Files.readAllBytes(file), "");
      if (decoded instanceof Decoded.Rejected rejected) {
        return new Refused(file, rejected.reason().code(), rejected.detail());
      }
      Decoded.Picture picture = (Decoded.Picture) decoded;
      return new Loaded(file, picture.pixels(), picture.width(), picture.height());
    } catch (NoSuchFileException e) {
      return new Refused(file, "file-missing", "there is no such file");
    } catch (IOException e) {
      return new Refused(file, "file-unreadable", "it cannot be read: " + e.getMessage());
    }
  }
}
