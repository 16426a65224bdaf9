package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lgvq.training.array.ArrayOps;

/** L_gsa, LG-VQ eq. 5: an image should know its own caption among those of the batch. */
public final class GlobalAlignment {

  private GlobalAlignment() {}

  /**
   * InfoNCE over the batch: mean of -log softmax_j(cos(image_i, caption_j) / temperature) at j = i.
   *
   * @param images [B, d_t]
   * @param captions global features of their captions, [B, d_t]
   * @return a scalar
   */
  public static NDArray loss(NDArray images, NDArray captions, float temperature) {
    NDArray cosines = Cosines.unit(images).matMul(Cosines.unit(captions).transpose());
    NDArray logs = ArrayOps.times(cosines, 1 / temperature).logSoftmax(1);
    long batch = images.getShape().get(0);
    NDManager scope = images.getManager();
    return ArrayOps.times(logs.mul(scope.eye((int) batch)).sum(), -1f / batch);
  }
}
