package io.lgvq.training.array;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * While one is open on a thread, operations there are recorded so that they can be differentiated.
 * Without one nothing is recorded, whatever the parameters.
 *
 * <p>In the place of DJL's gradient collector, of which a JVM may have only one and which can
 * neither start from a given gradient nor keep the graph for a second loss. Gradients add up in the
 * arrays until {@link AdamW} takes them. Recordings nest.
 */
public final class Recording implements AutoCloseable {

  private final boolean before;

  private Recording(boolean on) {
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
  }

  /** Records from here on. */
  public static Recording open() {
    return new Recording(true);
  }

  /** Records nothing from here on; for evaluation. */
  public static Recording paused() {
    return new Recording(false);
  }

  /** Adds the gradients of a scalar to all arrays that it came from, and frees the graph. */
  public void backward(NDArray loss) {
    backward(loss, false);
  }

  /** As {@link #backward(NDArray)}; the graph can be kept for another loss. */
  public void backward(NDArray loss, boolean keepGraph) {
    try (NDArray one = loss.onesLike()) {
      backward(loss, one, keepGraph);
    }
  }

  /** Goes on backwards from an array whose own gradient is known; same shapes. */
  public void backward(NDArray array, NDArray gradient, boolean keepGraph) {
    JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, keepGraph, false);
  }

  /** The gradient of a leaf, a copy; the leaf has none afterwards. */
  public static NDArray take(NDArray leaf) {
    try (NDArray gradient = leaf.getGradient()) {
      NDArray copy = gradient.duplicate();
      JniUtils.zeroGrad((PtNDArray) leaf);
      return copy;
    }
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
