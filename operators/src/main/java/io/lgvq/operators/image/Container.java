package io.lgvq.operators.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks an encoded image from block to block and says what does not hold together. ImageIO's
 * readers fill in what a damaged file lacks; here damage is found, at a small part of the cost of
 * decoding. JPEG has no lengths to walk by: its decoder reports damage itself.
 */
final class Container {

  /** What is wrong with an image's container; the message is for people. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  private static final int IEND = 0x49454e44;
  private static final int LARGEST_PALETTE = 3 * 256;

  private Container() {}

  /**
   * Checks that the file is whole.
   *
   * @throws Broken if it is truncated or its critical parts are damaged
   */
  static void check(ImageFormat format, byte[] encoded) throws Broken {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    switch (format) {
      case PNG -> png(in);
      case GIF -> gif(in);
      case BMP -> bmp(in.order(ByteOrder.LITTLE_ENDIAN));
      case WEBP -> need(riffEnd(in) <= in.limit(), "the file ends before its RIFF chunk does");
      case JPEG -> {}
      default -> throw new AssertionError(format);
    }
  }

  /**
   * A size in pixels, as some header declares it.
   *
   * @param width 0 or more
   * @param height 0 or more
   */
  record Size(long width, long height) {
    static final Size NONE = new Size(0, 0);

    long pixels() {
      return width * height;
    }

    boolean within(ImageLimits limits) {
      return Math.max(width, height) <= limits.maxSide() && pixels() <= limits.maxPixels();
    }

    static Size larger(Size first, Size second) {
      return first.pixels() >= second.pixels() ? first : second;
    }
  }

  /**
   * Sizes that a format's reader does not report: a BMP's that overflows its arithmetic, and the
   * largest frame inside a WebP, which may contradict the canvas. Otherwise {@link Size#NONE}.
   */
  static Size hiddenSize(ImageFormat format, byte[] encoded) throws Broken {
    ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    return switch (format) {
      case BMP -> bmpSize(in);
      case WEBP -> largestFrame(in, 12, Math.min(riffEnd(in), in.limit()));
      default -> Size.NONE;
    };
  }

  private static void png(ByteBuffer in) throws Broken {
    int at = 8;
    while (true) {
      need(at + 12 <= in.limit(), "the file ends before the IEND chunk");
      int length = in.getInt(at);
      int type = in.getInt(at + 4);
      need(length >= 0 && length <= in.limit() - at - 12, "a chunk is longer than the file");
      boolean critical = (type >> 24 & 0x20) == 0;
      if (critical) {
        CRC32 crc = new CRC32();
        crc.update(in.array(), at + 4, length + 4);
        need((int) crc.getValue() == in.getInt(at + 8 + length), "a chunk's checksum is wrong");
      }
      if (type == IEND) {
        return;
      }
      at += 12 + length;
    }
  }

  private static void gif(ByteBuffer in) throws Broken {
    int at = 13 + colours(in, 10);
    while (true) {
      need(at < in.limit(), "the file ends before the GIF trailer");
      int block = in.get(at) & 0xff;
      if (block == 0x3b) {
        return;
      }
      need(block == 0x21 || block == 0x2c, "an unknown block stands in the file");
      at = block == 0x21 ? subBlocks(in, at + 2) : subBlocks(in, at + 11 + colours(in, at + 9));
    }
  }

  /** Bytes of the colour table that the flags at a place announce. */
  private static int colours(ByteBuffer in, int at) throws Broken {
    need(at < in.limit(), "the file ends within a header");
    int flags = in.get(at);
    return (flags & 0x80) == 0 ? 0 : Math.min(LARGEST_PALETTE, 3 << (flags & 7) + 1);
  }

  private static int subBlocks(ByteBuffer in, int start) throws Broken {
    int at = start;
    while (true) {
      need(at < in.limit(), "the file ends within a block");
      int length = in.get(at) & 0xff;
      at += 1 + length;
      if (length == 0) {
        return at;
      }
    }
  }

  private static boolean oldBmp(ByteBuffer in) throws Broken {
    need(in.limit() >= 26, "the file ends within its header");
    boolean old = in.getInt(14) == 12;
    need(old || (in.getInt(14) >= 40 && in.limit() >= 54), "the header has an unknown length");
    return old;
  }

  private static Size bmpSize(ByteBuffer in) throws Broken {
    if (oldBmp(in)) {
      return new Size(in.getShort(18) & 0xffff, in.getShort(20) & 0xffff);
    }
    need(in.getInt(18) >= 0, "the width is negative");
    return new Size(in.getInt(18), Math.abs((long) in.getInt(22)));
  }

  private static void bmp(ByteBuffer in) throws Broken {
    boolean old = oldBmp(in);
    Size size = bmpSize(in);
    int bits = in.getShort(old ? 24 : 28);
    int compression = old ? 0 : in.getInt(30);
    need(compression >= 0 && compression <= 3, "the compression is unknown or another format");
    boolean runLength = compression == 1 || compression == 2;
    long data =
        runLength
            ? in.getInt(34) & 0xffffffffL
            : (size.width() * bits + 31) / 32 * 4 * size.height();
    need((in.getInt(10) & 0xffffffffL) + data <= in.limit(), "the file ends before its pixels do");
  }

  private static long riffEnd(ByteBuffer in) throws Broken {
    need(in.limit() >= 20, "the file ends within its header");
    return 8 + (in.order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL);
  }

  private static Size largestFrame(ByteBuffer in, int start, long end) throws Broken {
    Size largest = Size.NONE;
    long at = start;
    while (at + 8 <= end) {
      String type = new String(in.array(), (int) at, 4, StandardCharsets.ISO_8859_1);
      long length = in.getInt((int) at + 4) & 0xffffffffL;
      int body = (int) at + 8;
      need(length <= end - body, "a chunk is longer than the file");
      largest = Size.larger(largest, frame(in, type, body, (int) length));
      at = body + length + (length & 1);
    }
    return largest;
  }

  private static Size frame(ByteBuffer in, String type, int body, int length) throws Broken {
    return switch (type) {
      case "VP8 " -> { // RFC 6386, 9.1: three bytes of tag, three of start code, two sides
        need(length >= 10, "a frame ends within its header");
        yield new Size(in.getShort(body + 6) & 0x3fff, in.getShort(body + 8) & 0x3fff);
      }
      case "VP8L" -> { // one byte of signature, then two sides less one, 14 bits each
        need(length >= 5, "a frame ends within its header");
        int sides = in.getInt(body + 1);
        yield new Size((sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1);
      }
      case "ANMF" -> {
        need(length >= 16, "a frame ends within its header");
        yield largestFrame(in, body + 16, body + length);
      }
      default -> Size.NONE;
    };
  }

  private static void need(boolean condition, String problem) throws Broken {
    if (!condition) {
      throw new Broken(problem);
    }
  }
}
