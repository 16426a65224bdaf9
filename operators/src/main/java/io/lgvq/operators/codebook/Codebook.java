package io.lgvq.operators.codebook;

/**
 * Names one released codebook: tokens carry it, heads compare it.
 *
 * @param name name of the bundle that holds it
 * @param version version of that bundle
 * @param digest SHA-256 of its vectors (row-major little-endian float32), 64 lower-case hexadecimal
 *     digits
 * @param size number K of codes, 1 to 2^18
 */
public record Codebook(String name, String version, String digest, int size) {

  /** Largest codebook that the token contract allows. */
  public static final int MAX_SIZE = 1 << 18;

  /** Checks the ranges. */
  public Codebook {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "codebook size must be in 1.." + MAX_SIZE + " but is " + size);
    }
  }
}
