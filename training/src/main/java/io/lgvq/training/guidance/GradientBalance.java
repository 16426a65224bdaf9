package io.lgvq.training.guidance;

import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Weights of the guidance losses, set so that the norm of each loss's gradient at the codes is a
 * given share of the reconstruction's, as VQ-GAN sets its adversarial weight. Fixed weights drift
 * by more than thirty times in effect over a run.
 *
 * <p>Threading: one thread.
 */
final class GradientBalance {

  private static final float SMOOTHING = 0.9f;
  private static final float LEAST = 1e-12f;
  private static final String STATE = "guidance.balance";

  private final float[] shares;
  private final float most;
  private final boolean measured;
  private final int every;

  /** Smoothed norm of each unweighted loss over that of the reconstruction; 0 before the first. */
  private final float[] ratios;

  GradientBalance(GuidanceSettings.Weights weights) {
    shares = new float[] {weights.alignment(), weights.words(), weights.relations()};
    every = weights.measureEvery();
    measured = every > 0;
    most = weights.most();
    ratios = new float[shares.length];
  }

  /** Whether the norms are to be measured in a step. */
  boolean measures(long step) {
    return measured
        && (step % every == 0 || IntStream.range(0, ratios.length).anyMatch(this::unknown));
  }

  private boolean unknown(int loss) {
    return takesPart(loss) && ratios[loss] == 0;
  }

  /** Whether a loss is wanted at all. */
  boolean takesPart(int loss) {
    return shares[loss] > 0;
  }

  /** The weight of a loss; 1 before its first measurement, 0 where it is not wanted. */
  float weight(int loss) {
    if (!measured || !takesPart(loss)) {
      return shares[loss];
    }
    return ratios[loss] == 0 ? 1 : Math.min(most, shares[loss] / ratios[loss]);
  }

  /**
   * Takes a measurement.
   *
   * @param norm of the gradient of the unweighted loss
   * @param reconstruction norm of the reconstruction's gradient, of the whole batch
   */
  void measure(int loss, float norm, float reconstruction) {
    float ratio = Math.max(LEAST, norm / Math.max(LEAST, reconstruction));
    ratios[loss] =
        ratios[loss] == 0
            ? ratio
            : (float)
                Math.exp(SMOOTHING * Math.log(ratios[loss]) + (1 - SMOOTHING) * Math.log(ratio));
  }

  Map<String, Tensor> state() {
    return Map.of(STATE, Tensor.of(Arrays.copyOf(ratios, ratios.length)));
  }

  void restore(Map<String, Tensor> state) {
    float[] saved = state.get(STATE).values();
    System.arraycopy(saved, 0, ratios, 0, ratios.length);
  }
}
