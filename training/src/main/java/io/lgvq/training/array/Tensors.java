package io.lgvq.training.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.weights.Tensor;
import java.util.stream.LongStream;

/** Between live arrays and arrays at rest. */
public final class Tensors {

  private Tensors() {}

  /** A live copy, held by the manager. */
  public static NDArray toArray(NDManager manager, Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    return manager.create(tensor.values(), new Shape(shape));
  }

  /** A copy at rest. */
  public static Tensor toTensor(NDArray array) {
    return new Tensor(
        LongStream.of(array.getShape().getShape()).boxed().toList(), array.toFloatArray());
  }
}
