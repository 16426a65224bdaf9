package io.lgvq.operators.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Walks an encoded image from block to block and says what does not hold together. ImageIO's
 * readers fill in what a damaged file lacks; here damage is found, at a small part of the cost of
 * decoding. JPEG has no lengths to walk by: its decoder reports damage itself ({@link JpegDamage}).
 */
final class Container {

  private static final int IEND = 0x49454e44;
  private static final int GIF_TRAILER = 0x3b;
  private static final int GIF_EXTENSION = 0x21;
  private static final int GIF_IMAGE = 0x2c;

  private Container() {}

  /**
   * Checks that the file is whole.
   *
   * @throws BrokenImage if it is truncated or its critical parts are damaged
   */
  static void check(ImageFormat format, byte[] encoded) throws BrokenImage {
    switch (format) {
      case PNG -> png(ByteBuffer.wrap(encoded));
      case GIF -> gif(encoded);
      case BMP -> BmpHeader.of(encoded).check(encoded);
      case WEBP -> WebpChunks.check(encoded);
      case JPEG -> {}
      default -> throw new AssertionError(format);
    }
  }

  /**
   * Sizes that a format's reader does not report: a BMP's that overflows its arithmetic, and the
   * largest frame inside a WebP, which may contradict the canvas. Otherwise {@link
   * DeclaredSize#NONE}.
   */
  static DeclaredSize hiddenSize(ImageFormat format, byte[] encoded) throws BrokenImage {
    return switch (format) {
      case BMP -> BmpHeader.of(encoded).size();
      case WEBP -> WebpChunks.largestFrame(encoded);
      default -> DeclaredSize.NONE;
    };
  }

  private static void png(ByteBuffer in) throws BrokenImage {
    int at = 8;
    while (true) {
      BrokenImage.unless(at + 12 <= in.limit(), "the file ends before the IEND chunk");
      int length = in.getInt(at);
      int type = in.getInt(at + 4);
      BrokenImage.unless(
          length >= 0 && length <= in.limit() - at - 12, "a chunk is longer than the file");
      boolean critical = (type >> 24 & 0x20) == 0;
      if (critical) {
        CRC32 crc = new CRC32();
        crc.update(in.array(), at + 4, length + 4);
        BrokenImage.unless(
            (int) crc.getValue() == in.getInt(at + 8 + length), "a chunk's checksum is wrong");
      }
      if (type == IEND) {
        return;
      }
      at += 12 + length;
    }
  }

  private static void gif(byte[] file) throws BrokenImage {
    int at = 13 + gifColours(file, 10);
    while (true) {
      BrokenImage.unless(at < file.length, "the file ends before the GIF trailer");
      int block = file[at] & 0xff;
      if (block == GIF_TRAILER) {
        return;
      }
      BrokenImage.unless(
          block == GIF_EXTENSION || block == GIF_IMAGE, "an unknown block stands in the file");
      at =
          block == GIF_EXTENSION
              ? gifSubBlocks(file, at + 2)
              : gifSubBlocks(file, at + 11 + gifColours(file, at + 9));
    }
  }

  /** Bytes of the colour table that the flags at a place announce. */
  private static int gifColours(byte[] file, int at) throws BrokenImage {
    BrokenImage.unless(at < file.length, "the file ends within a header");
    return (file[at] & 0x80) == 0 ? 0 : 3 << (file[at] & 7) + 1;
  }

  private static int gifSubBlocks(byte[] file, int start) throws BrokenImage {
    int at = start;
    while (true) {
      BrokenImage.unless(at < file.length, "the file ends within a block");
      int length = file[at] & 0xff;
      at += 1 + length;
      if (length == 0) {
        return at;
      }
    }
  }
}
