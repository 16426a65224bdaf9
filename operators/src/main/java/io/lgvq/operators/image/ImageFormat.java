package io.lgvq.operators.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The formats that are decoded. An image is what its magic bytes say; names and labels decide
 * nothing.
 */
enum ImageFormat {
  JPEG("JPEG", Set.of("image/jpeg", "image/jpg", "image/pjpeg")),
  PNG("PNG", Set.of("image/png", "image/x-png")),
  GIF("GIF", Set.of("image/gif")),
  BMP("BMP", Set.of("image/bmp", "image/x-bmp", "image/x-ms-bmp")),
  WEBP("WebP", Set.of("image/webp"));

  private static final int LONGEST_TYPE = 40;

  private final String title;
  private final Set<String> mediaTypes;

  ImageFormat(String title, Set<String> mediaTypes) {
    this.title = title;
    this.mediaTypes = mediaTypes;
  }

  /** The format as people write it; also the name by which ImageIO knows it. */
  String title() {
    return title;
  }

  /** The format whose magic bytes these are. */
  static Optional<ImageFormat> of(byte[] encoded) {
    if (starts(encoded, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (starts(encoded, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (starts(encoded, 0, "GIF87a") || starts(encoded, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (starts(encoded, 0, "RIFF") && starts(encoded, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    return starts(encoded, 0, "BM") ? Optional.of(BMP) : Optional.empty();
  }

  /**
   * Whether a declared media type names another image format. Types that are no image type, and the
   * range {@code image/*}, claim nothing.
   */
  boolean contradicts(String mediaType) {
    String essence = essence(mediaType);
    return essence.startsWith("image/")
        && !essence.equals("image/*")
        && !mediaTypes.contains(essence);
  }

  /**
   * A declared media type as it may stand in a sentence: without parameters, of the characters of
   * RFC 6838 alone, and short. A sender chooses it, so it may hold anything.
   */
  static String printable(String mediaType) {
    String plain = essence(mediaType).replaceAll("[^a-z0-9!#$&^_.+/-]", "?");
    return plain.length() <= LONGEST_TYPE ? plain : plain.substring(0, LONGEST_TYPE) + "...";
  }

  private static String essence(String mediaType) {
    return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean starts(byte[] bytes, int offset, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + wanted.length;
    return bytes.length >= end && Arrays.equals(bytes, offset, end, wanted, 0, wanted.length);
  }
}
