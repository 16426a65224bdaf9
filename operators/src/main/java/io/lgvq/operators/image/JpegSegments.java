package io.lgvq.operators.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a JPEG's header segments say beyond what ImageIO tells: how to hold it, and what its colours
 * mean. Damage in here means a default, for the decoder judges damage.
 *
 * @param orientation from EXIF (APP1)
 * @param components of the frame: 1 grey, 3 colour, 4 print
 * @param adobe whether Adobe's APP14 is there, which also says that print colours are inverted
 * @param transform Adobe's colour transform: 0 none, 1 YCbCr, 2 YCCK
 */
record JpegSegments(Orientation orientation, int components, boolean adobe, int transform) {

  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int START_OF_SCAN = 0xda;
  private static final int ORIENTATION_TAG = 0x0112;

  static JpegSegments of(byte[] jpeg) {
    Orientation orientation = Orientation.UPRIGHT;
    int components = 0;
    boolean adobe = false;
    int transform = 0;
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
      int marker = jpeg[at + 1] & 0xff;
      if (marker == 0xff) { // fill byte
        at++;
        continue;
      }
      int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
      if (marker == START_OF_SCAN || length < 2 || at + 2 + length > jpeg.length) {
        break;
      }
      ByteBuffer body = ByteBuffer.wrap(jpeg, at + 4, length - 2).slice();
      if (marker == APP1 && starts(body, "Exif\0\0") && orientation == Orientation.UPRIGHT) {
        orientation = orientation(body.position(6).slice());
      } else if (marker == APP14 && starts(body, "Adobe") && body.limit() >= 12) {
        adobe = true;
        transform = body.get(11) & 0xff;
      } else if (startOfFrame(marker) && body.limit() > 5) {
        components = body.get(5) & 0xff;
      }
      at += 2 + length;
    }
    return new JpegSegments(orientation, components, adobe, transform);
  }

  private static boolean startOfFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static Orientation orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return Orientation.UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return Orientation.UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0, at = directory + 2; i < entries && at <= tiff.limit() - 12; i++, at += 12) {
      if ((tiff.getShort(at) & 0xffff) == ORIENTATION_TAG) {
        return Orientation.of(tiff.getShort(at + 8) & 0xffff);
      }
    }
    return Orientation.UPRIGHT;
  }

  private static boolean starts(ByteBuffer body, String tag) {
    byte[] wanted = tag.getBytes(StandardCharsets.ISO_8859_1);
    byte[] found = new byte[Math.min(wanted.length, body.limit())];
    body.get(0, found);
    return Arrays.equals(found, wanted);
  }
}
