package io.lgvq.training.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.lgvq.training.array.ArrayOps;

/** The hinge loss of adversarial training (Lim and Ye, Geometric GAN, 2017, eqs. 18 and 19). */
final class Hinge {

  private Hinge() {}

  /**
   * The discriminator's loss: half the mean of max(0, 1 - real) and of max(0, 1 + made), as VQ-GAN
   * has it. 0 once it is sure of all, 1 while it knows nothing.
   */
  static NDArray discriminator(NDArray real, NDArray made) {
    NDArray doubt = Activation.relu(ArrayOps.times(real, -1).add(1)).mean();
    NDArray belief = Activation.relu(made.add(1)).mean();
    return ArrayOps.times(doubt.add(belief), 0.5f);
  }

  /** The generator's loss: minus the mean verdict on what it made. */
  static NDArray generator(NDArray made) {
    return ArrayOps.times(made.mean(), -1);
  }
}
