package io.lgvq.training.paint;

/**
 * How the paint head is built and trained; the {@code paint} part of a preset. It learns from the
 * images of the {@code heads} part and reads their captions with the same words.
 *
 * @param steps of training; each reads {@code batch} images
 * @param paletteSteps the first of them, in which codes are told from the text alone; such a step
 *     takes a fraction of the time of others
 * @param paletteWeight what telling codes from the text alone counts for afterwards, beside telling
 *     them from the text and the codes before
 * @param batch images a step
 * @param learningRate at its highest
 * @param warmUp steps until then
 * @param withoutText share of the images that are shown without their caption, so that guidance has
 *     something to compare with; 0 .. 1
 * @param width see {@link PaintSize#width()}
 * @param attentionHeads see {@link PaintSize#attentionHeads()}
 * @param layers see {@link PaintSize#layers()}
 */
public record PaintSettings(
    long steps,
    long paletteSteps,
    float paletteWeight,
    int batch,
    float learningRate,
    long warmUp,
    float withoutText,
    int width,
    int attentionHeads,
    int layers) {

  /** Checks that some steps are left for the codes. */
  public PaintSettings {
    if (paletteSteps < 0 || paletteSteps >= steps) {
      throw new IllegalArgumentException(
          "paint.paletteSteps must be 0 or more and less than paint.steps (%d) but is %d"
              .formatted(steps, paletteSteps));
    }
  }
}
