package io.lgvq.training.guidance;

import io.lgvq.training.alignment.AlignmentSettings;
import java.util.Set;

/**
 * The {@code guidance} part of a preset.
 *
 * @param rows images a step that are guided, the first of the batch: guidance costs more than the
 *     tokenizer, and a part of the batch steers as well
 * @param learningRate peak of the guiding modules' own; it rises and falls as the tokenizer's does
 * @param language the modules that guide
 * @param weights of the three losses, eq. 9
 */
public record GuidanceSettings(
    int rows, float learningRate, AlignmentSettings language, Weights weights) {

  /** The losses of eq. 9, by the names that the paper's tables give them. */
  public enum Part {
    /** Global semantic alignment, L_gsa. */
    GSA,
    /** Masked text prediction, L_mtp. */
    MTP,
    /** Relationship alignment, L_ras. */
    RAS
  }

  /** The same with the losses that are named alone; the others weigh nothing. */
  public GuidanceSettings only(Set<Part> parts) {
    Weights alone =
        new Weights(
            parts.contains(Part.GSA) ? weights.alignment() : 0,
            parts.contains(Part.MTP) ? weights.words() : 0,
            parts.contains(Part.RAS) ? weights.relations() : 0,
            weights.measureEvery(),
            weights.most());
    return new GuidanceSettings(rows, learningRate, language, alone);
  }

  /**
   * Weights of the losses. With {@code measureEvery > 0} the three figures are shares: each loss
   * weighs so much that the norm of its gradient at the codes of the guided images is that share of
   * the norm of the reconstruction's gradient at the codes of the whole batch. With 0 they are the
   * weights themselves, as in the paper.
   *
   * <p>Of a batch of B images whose gradients are alike, the first {@code rows} have {@code
   * sqrt(rows / B)} of the norm: at the guided images themselves a loss is {@code sqrt(B / rows)}
   * times its share, 1.15 times with 24 of 32 and 1.41 times with half. The reconstruction's
   * gradient is all that arrives from the decoder: in a VQ-GAN the perceptual distance's part and,
   * once it takes part, the adversary's.
   *
   * @param alignment for L_gsa
   * @param words for L_mtp
   * @param relations for L_ras
   * @param measureEvery steps between two measurements of the norms, 0 for fixed weights
   * @param most largest weight that a measurement may lead to
   */
  public record Weights(
      float alignment, float words, float relations, int measureEvery, float most) {}
}
