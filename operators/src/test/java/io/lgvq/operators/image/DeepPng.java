package io.lgvq.operators.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Clear PNG pictures of 16 bits a sample and four samples a pixel: small files, large pictures. */
final class DeepPng {

  private DeepPng() {}

  /** Written row by row, for the picture itself may not fit the heap. */
  static byte[] of(int width, int height) {
    var file = new ByteArrayOutputStream();
    file.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(8, (byte) 16).array();
    header[9] = 6; // RGBA
    chunk(file, "IHDR", header);
    chunk(file, "IDAT", clear(8 * width, height));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static byte[] clear(int rowBytes, int rows) {
    var packed = new ByteArrayOutputStream();
    byte[] row = new byte[1 + rowBytes]; // a filter's number, then the samples
    try (var out = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
      for (int y = 0; y < rows; y++) {
        out.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    var checksum = new CRC32();
    checksum.update(name);
    checksum.update(body);
    file.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
    file.writeBytes(name);
    file.writeBytes(body);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
