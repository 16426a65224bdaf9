package io.lgvq.training.tokenizer;

/**
 * The {@code quantizer} part of a preset.
 *
 * @param rule how code vectors move
 * @param commitment weight of the pull of features towards their codes (VQ-VAE: 0.25)
 * @param decay of the averages of {@link Rule#MOVING} and of the usage of {@link Rule#CLUSTERED}
 * @param deadShare a code used less than this share of the mean use is dead; for {@link
 *     Rule#MOVING}
 * @param restartEvery steps between two burials; for {@link Rule#MOVING}
 */
public record QuantizerSettings(
    Rule rule, float commitment, float decay, float deadShare, int restartEvery) {

  /** How code vectors move. */
  public enum Rule {
    /** They are moving averages of their features, and dead ones start again elsewhere. */
    MOVING,
    /** The codebook loss of eq. 2 pulls them to their features, and nothing else. */
    DESCENDING,
    /** As descending, and unused ones are anchored anew on features (CVQ-VAE). */
    CLUSTERED;

    /** What helps where ever fewer codes are used, as a sentence. */
    String advice() {
      return this == DESCENDING
          ? "A lower learning rate, a higher commitment or the rule 'moving' help."
          : "A lower learning rate or a higher commitment help.";
    }
  }
}
