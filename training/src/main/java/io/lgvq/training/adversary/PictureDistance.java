package io.lgvq.training.adversary;

import ai.djl.ndarray.NDArray;

/** How different pictures look; used by one thread. */
@FunctionalInterface
public interface PictureDistance {

  /**
   * Mean distance over a batch.
   *
   * @param made [B, 3, H, W] in -1 .. 1, takes the gradient
   * @param originals the same shape, takes none
   * @return a scalar
   */
  NDArray of(NDArray made, NDArray originals);
}
