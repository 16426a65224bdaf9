package io.lgvq.operators.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where a key lies between 0 and 1: the first 53 bits of the SHA-256 of its UTF-8 bytes. The same
 * in every process and release, and independent of the hash by which Kafka chooses partitions, so
 * that each partition has the same share of the keys below a bound.
 */
public final class KeyShare {
  private static final double UNIT = 0x1.0p-53;

  private KeyShare() {}

  /** The place of a key: at least 0, below 1. */
  public static double of(String key) {
    byte[] digest = sha256().digest(key.getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(digest).getLong() >>> 11) * UNIT;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
