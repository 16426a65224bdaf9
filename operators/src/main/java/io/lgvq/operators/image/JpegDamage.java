package io.lgvq.operators.image;

import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;

/**
 * Listens to a JPEG reader, which fills in what a damaged file lacks and only warns of it. One
 * instance a reader, one thread.
 */
final class JpegDamage {

  /**
   * Parts of libjpeg's messages (jerror.h) and the JDK's. Its other warnings, such as stray bytes
   * between segments, come with many a healthy photo.
   */
  private static final List<String> MADE_UP =
      List.of(
          "Missing EOI",
          "premature end of data segment",
          "Premature end of JPEG file",
          "bad Huffman code",
          "Inconsistent progression sequence");

  private final List<String> warnings = new ArrayList<>();

  private JpegDamage() {}

  static JpegDamage watch(ImageReader reader) {
    JpegDamage damage = new JpegDamage();
    reader.addIIOReadWarningListener((source, warning) -> damage.warnings.add(warning));
    return damage;
  }

  /**
   * @throws BrokenImage if the reader had to make up image data; call after reading
   */
  void check() throws BrokenImage {
    for (String warning : warnings) {
      if (MADE_UP.stream().anyMatch(warning::contains)) {
        throw new BrokenImage("the JPEG data is truncated or damaged (" + warning + ")");
      }
    }
  }
}
