package io.lgvq.operators.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a BMP says of itself, as far as its size goes.
 *
 * @param size in pixels
 * @param compression 0 none, 1 and 2 run lengths, 3 bit fields; 4 and 5 hold a JPEG or PNG
 * @param end where the last pixel ends, counted from the file's start
 */
record BmpHeader(DeclaredSize size, int compression, long end) {

  static BmpHeader of(byte[] encoded) throws BrokenImage {
    ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    BrokenImage.unless(in.limit() >= 26, "the file ends within its header");
    long begin = in.getInt(10) & 0xffffffffL;
    if (in.getInt(14) == 12) { // OS/2 1.x: 16-bit sizes, never compressed
      var size = new DeclaredSize(in.getShort(18) & 0xffff, in.getShort(20) & 0xffff);
      return new BmpHeader(size, 0, begin + plain(size, in.getShort(24)));
    }
    BrokenImage.unless(in.getInt(14) >= 40 && in.limit() >= 54, "the header has an unknown length");
    BrokenImage.unless(in.getInt(18) >= 0, "the width is negative");
    // A negative height means rows from top to bottom.
    var size = new DeclaredSize(in.getInt(18), Math.abs((long) in.getInt(22)));
    int compression = in.getInt(30);
    boolean runLength = compression == 1 || compression == 2;
    long length = runLength ? in.getInt(34) & 0xffffffffL : plain(size, in.getShort(28));
    return new BmpHeader(size, compression, begin + length);
  }

  /** Checks that the pixels are there, and are pixels rather than a file of another format. */
  void check(byte[] encoded) throws BrokenImage {
    BrokenImage.unless(
        compression >= 0 && compression <= 3, "the compression is unknown or another format");
    BrokenImage.unless(end <= encoded.length, "the file ends before its pixels do");
  }

  /** Bytes of uncompressed pixels: each row is filled up to four. */
  private static long plain(DeclaredSize size, int bits) {
    return (size.width() * bits + 31) / 32 * 4 * size.height();
  }
}
