package io.lgvq.cli.demo;

import io.lgvq.operators.OperatorException;
import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Pictures small enough to lie inside the page: squares of the part that the model saw, some ten
 * kilobytes each. A user's files are hostile input here as well, so they are decoded by the stages'
 * own decoder under its limits, and what a stage refused is not decoded again.
 *
 * <p>Threading: one thread. Ownership: whoever makes it closes it.
 */
final class Thumbnails implements AutoCloseable {
  /** Twice the size that the page shows them at, for screens of high density. */
  static final int SIDE = 256;

  private final ImageDecoder decoder;

  /**
   * @param fit what the bundle does to pictures of another aspect
   */
  Thumbnails(Fit fit) {
    this.decoder = new ImageIoDecoder(SIDE, SIDE, fit, ImageLimits.standard());
  }

  /** A data URI of the scene's picture; empty if it was refused or can no longer be read. */
  Optional<String> of(SceneProgress progress) {
    if (progress.refusal().isPresent()) {
      return Optional.empty();
    }
    try {
      Decoded decoded =
          decoder.decode(SceneFile.read(progress.scene()), progress.scene().mediaType());
      return decoded instanceof Decoded.Picture picture
          ? Optional.of("data:image/jpeg;base64," + jpeg(picture.pixels()))
          : Optional.empty();
    } catch (IOException | OperatorException e) {
      // The file went away, or memory is short: the page is worth having without this picture.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    decoder.close();
  }

  private static String jpeg(Pixels pixels) throws IOException {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = pixels.rgb();
    for (int i = 0; i < rgb.length / 3; i++) {
      int packed =
          ((rgb[3 * i] & 255) << 16) | ((rgb[3 * i + 1] & 255) << 8) | (rgb[3 * i + 2] & 255);
      image.setRGB(i % pixels.width(), i / pixels.width(), packed);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
