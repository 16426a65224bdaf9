package io.lgvq.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;

/** Mean negative logarithm of the probabilities of what was true, and the share that was right. */
public final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * Compares scores with the truth.
   *
   * @param scores before the softmax, [.., classes]
   * @param truth class of each row, or {@link HeadBatch#NONE}, which does not count
   */
  public static NDArray of(NDArray scores, int[] truth) {
    NDManager manager = scores.getManager();
    Shape shape = scores.getShape();
    NDArray logarithms =
        scores.reshape(truth.length, shape.get(shape.dimension() - 1)).logSoftmax(-1);
    long[] indices = new long[truth.length];
    float[] weights = new float[truth.length];
    int count = 0;
    for (int row = 0; row < truth.length; row++) {
      if (truth[row] != HeadBatch.NONE) {
        indices[row] = truth[row];
        weights[row] = 1;
        count++;
      }
    }
    NDArray chosen =
        logarithms.gather(manager.create(indices, new Shape(truth.length, 1)), 1).flatten();
    return ArrayOps.times(chosen.mul(manager.create(weights)).sum(), -1f / Math.max(1, count));
  }

  /** Share of the rows with a truth whose best class is the true one; 0 where there are none. */
  public static float right(NDArray scores, int[] truth) {
    Shape shape = scores.getShape();
    try (NDArray best =
        scores
            .reshape(truth.length, shape.get(shape.dimension() - 1))
            .argMax(-1)
            .toType(DataType.INT64, false)) {
      long[] guesses = best.toLongArray();
      int right = 0;
      int count = 0;
      for (int row = 0; row < truth.length; row++) {
        if (truth[row] != HeadBatch.NONE) {
          count++;
          right += guesses[row] == truth[row] ? 1 : 0;
        }
      }
      return count == 0 ? 0 : (float) right / count;
    }
  }
}
