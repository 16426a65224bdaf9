package io.lgvq.operators.bundle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as bundles write them: 64 lower-case hexadecimal digits of SHA-256 (FIPS 180-4). */
public final class Sha256 {

  private Sha256() {}

  /** The digest of these bytes. */
  public static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
