package io.lgvq.operators.rollout;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What differs between two bundles that tokenized the same images.
 *
 * @param batches that both tokenized
 * @param published what the published bundle did
 * @param beside what the other did
 * @param equalCodes 0 to 1: share of places with the same code; empty where the codebooks differ,
 *     for their codes have nothing to do with each other
 * @param failures batches on which the bundle beside failed
 * @param failure what the last of them said
 */
public record ShadowReport(
    long batches,
    Side published,
    Side beside,
    OptionalDouble equalCodes,
    long failures,
    Optional<String> failure) {

  /**
   * One of the two.
   *
   * @param images tokenized
   * @param quantizationError mean squared distance between features and codes, at least 0; of
   *     different encoders it has different units
   * @param codesUsed codes that came up
   * @param codes size of the codebook, 0 before the first image
   * @param perplexity exponential of the entropy of the codes, 1 to {@code codes}; 0 before the
   *     first image
   * @param secondsPerImage time in the engine
   */
  public record Side(
      long images,
      double quantizationError,
      int codesUsed,
      int codes,
      double perplexity,
      double secondsPerImage) {}
}
