package io.lgvq.cli.demo;

import io.lgvq.operators.image.ImageLimits;
import java.io.IOException;
import java.nio.file.Files;

/** Reads a scene's file, but none that Kafka would not take anyway. */
final class SceneFile {
  /** What the application takes unless configured otherwise; its topic of images takes no more. */
  static final int LARGEST = ImageLimits.standard().maxBytes();

  private SceneFile() {}

  /**
   * The bytes of the file.
   *
   * @throws TooLarge if there are more than {@link #LARGEST}; none of them has been read
   * @throws IOException if it cannot be read
   */
  static byte[] read(Scene scene) throws IOException {
    long size = Files.size(scene.path());
    if (size > LARGEST) {
      throw new TooLarge(size);
    }
    return Files.readAllBytes(scene.path());
  }

  /** The file is larger than what can be sent. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long size) {
      super("%d bytes, where at most %d can be sent".formatted(size, LARGEST));
    }
  }
}
