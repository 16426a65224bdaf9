package io.lgvq.cli.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Image ids from the names of files. An id depends on nothing but the name and the repetition, so a
 * picture keeps its id whatever else lies in the folder; and it is the whole name, for {@code
 * a.png} and {@code a.jpg} are two pictures.
 */
final class SceneId {
  /** Of the 128 characters that the REST interface takes, so that digest and repetition fit. */
  private static final int LONGEST = 100;

  private static final int DIGEST_BYTES = 6;

  private SceneId() {}

  /**
   * The id of a file's repetition. Names that cannot stand in a key or a path as they are get a
   * digest of the name behind what is left of them.
   *
   * @param file its name, or its path within the folder of the samples
   * @param round 0 for the first time that it is sent
   */
  static String of(String file, int round) {
    String plain = file.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    plain = plain.substring(0, Math.min(plain.length(), LONGEST));
    String id = plain.equals(file) ? file : plain + "-" + digest(file);
    return round == 0 ? id : id + "-" + (round + 1);
  }

  private static String digest(String file) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
