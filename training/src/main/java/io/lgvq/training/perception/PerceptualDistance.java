package io.lgvq.training.perception;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How different two pictures look to a trained eye: on each level of {@link MobileNet}, the squared
 * distance of the channels' unit vectors, averaged over places (LPIPS without its learned weights:
 * Zhang et al., The Unreasonable Effectiveness of Deep Features, CVPR 2018, eq. 1). It is no LPIPS
 * figure, for that names other networks.
 *
 * <p>Threading: one thread. Borrows the network.
 */
public final class PerceptualDistance {

  private static final float LEAST = 1e-8f;

  private final MobileNet eye;

  /**
   * @param eye closed by its owner, after this
   */
  public PerceptualDistance(MobileNet eye) {
    this.eye = eye;
  }

  /**
   * Mean distance over a batch: 0 of equal pictures, at most 4 a level.
   *
   * @param pictures [B, 3, H, W] in -1 .. 1, takes the gradient
   * @param originals the same shape, takes none
   * @return a scalar
   */
  public NDArray of(NDArray pictures, NDArray originals) {
    List<NDArray> seen = eye.stages(pictures);
    List<NDArray> wanted = eye.stages(originals.stopGradient());
    NDArray sum = level(seen.get(0), wanted.get(0));
    for (int i = 1; i < seen.size(); i++) {
      sum = sum.add(level(seen.get(i), wanted.get(i)));
    }
    return sum;
  }

  private static NDArray level(NDArray a, NDArray b) {
    return unit(a).sub(unit(b)).square().sum(new int[] {1}).mean();
  }

  private static NDArray unit(NDArray x) {
    return x.div(x.square().sum(new int[] {1}, true).add(LEAST).sqrt());
  }
}
