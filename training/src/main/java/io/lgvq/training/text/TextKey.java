package io.lgvq.training.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a text's SHA-256. */
record TextKey(long high, long low) {

  static TextKey of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return of(ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static TextKey of(ByteBuffer sixteenBytes) {
    return new TextKey(sixteenBytes.getLong(), sixteenBytes.getLong());
  }
}
