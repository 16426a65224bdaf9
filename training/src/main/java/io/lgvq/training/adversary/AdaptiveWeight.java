package io.lgvq.training.adversary;

/**
 * The weight of the adversarial loss of VQ-GAN (Esser et al., Taming Transformers, CVPR 2021, eq.
 * 7): as large as makes its gradient as long as the reconstruction's at the decoder's last layer.
 */
final class AdaptiveWeight {

  private static final float DELTA = 1e-4f;
  private static final float MOST = 1e4f;

  private AdaptiveWeight() {}

  /**
   * The weight, 0 .. 10,000.
   *
   * @param reconstruction norm of the reconstruction's gradient at the last layer's weights
   * @param adversarial norm of the adversarial gradient there
   */
  static float of(float reconstruction, float adversarial) {
    return Math.max(0, Math.min(MOST, reconstruction / (adversarial + DELTA)));
  }
}
