package io.lgvq.operators.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Real images whose headers are changed to declare other dimensions. */
final class HugeHeaders {

  private HugeHeaders() {}

  static byte[] declare(int width, int height, String format, byte[] image) {
    ByteBuffer bytes = ByteBuffer.wrap(image);
    switch (format) {
      case "png" -> {
        bytes.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(image, 12, 17);
        bytes.putInt(29, (int) crc.getValue());
      }
      case "jpeg" -> {
        int frame = 2;
        while (bytes.getShort(frame) != (short) 0xffc0) {
          frame += 2 + (bytes.getShort(frame + 2) & 0xffff);
        }
        bytes.putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
      }
      case "gif" -> {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int descriptor = 13 + (3 << (image[10] & 7) + 1);
        while (image[descriptor] != 0x2c) {
          descriptor += 2;
          while (image[descriptor] != 0) {
            descriptor += 1 + (image[descriptor] & 0xff);
          }
          descriptor++;
        }
        bytes.putShort(descriptor + 5, (short) width).putShort(descriptor + 7, (short) height);
      }
      case "bmp" -> bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(18, width).putInt(22, height);
      default -> // WebP's sides have 14 bits: the largest it can say is refused as well
          bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x0fff_ffff);
    }
    return image;
  }
}
