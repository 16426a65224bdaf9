package io.lgvq.training.loop;

/**
 * Learning rate: linear warm-up, then half a cosine down to a share of the peak.
 *
 * @param peak highest rate
 * @param warmUp steps up to the peak
 * @param steps of the whole run
 * @param floor last rate as a share of the peak
 */
public record Schedule(float peak, long warmUp, long steps, float floor) {

  /** The rate of a step, counted from 0. */
  public float at(long step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double progress = Math.min(1, (double) (step - warmUp) / Math.max(1, steps - warmUp));
    return (float) (peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress))));
  }
}
