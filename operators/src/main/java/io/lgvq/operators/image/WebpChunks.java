package io.lgvq.operators.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file (RFC 9649), as far as the sizes of its frames go. */
final class WebpChunks {

  private final ByteBuffer in;

  private WebpChunks(byte[] encoded) {
    this.in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Checks that the file is as long as its RIFF header says. */
  static void check(byte[] encoded) throws BrokenImage {
    BrokenImage.unless(
        new WebpChunks(encoded).end() <= encoded.length,
        "the file ends before its RIFF chunk does");
  }

  /** The largest frame that any bitstream inside declares, whatever the canvas says. */
  static DeclaredSize largestFrame(byte[] encoded) throws BrokenImage {
    WebpChunks chunks = new WebpChunks(encoded);
    return chunks.largest(12, Math.min(chunks.end(), encoded.length));
  }

  private long end() throws BrokenImage {
    BrokenImage.unless(in.limit() >= 20, "the file ends within its header");
    return 8 + (in.getInt(4) & 0xffffffffL);
  }

  private DeclaredSize largest(int start, long end) throws BrokenImage {
    DeclaredSize largest = DeclaredSize.NONE;
    long at = start;
    while (at + 8 <= end) {
      String type = new String(in.array(), (int) at, 4, StandardCharsets.ISO_8859_1);
      long length = in.getInt((int) at + 4) & 0xffffffffL;
      int body = (int) at + 8;
      BrokenImage.unless(length <= end - body, "a chunk is longer than the file");
      largest = DeclaredSize.larger(largest, frame(type, body, (int) length));
      at = body + length + (length & 1);
    }
    return largest;
  }

  private DeclaredSize frame(String type, int body, int length) throws BrokenImage {
    return switch (type) {
      case "VP8 " -> { // RFC 6386, 9.1: three bytes of tag, three of start code, two sides
        BrokenImage.unless(length >= 10, "a frame ends within its header");
        yield new DeclaredSize(in.getShort(body + 6) & 0x3fff, in.getShort(body + 8) & 0x3fff);
      }
      case "VP8L" -> { // one byte of signature, then two sides less one, 14 bits each
        BrokenImage.unless(length >= 5, "a frame ends within its header");
        int sides = in.getInt(body + 1);
        yield new DeclaredSize((sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1);
      }
      case "ANMF" -> { // sixteen bytes of place and time, then chunks
        BrokenImage.unless(length >= 16, "a frame ends within its header");
        yield largest(body + 16, body + length);
      }
      default -> DeclaredSize.NONE;
    };
  }
}
