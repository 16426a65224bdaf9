package io.lgvq.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/**
 * A value in a graph under construction.
 *
 * @param name unique in its graph
 * @param type element type
 * @param shape lengths of its dimensions; -1 stands for the batch, and only in the first place
 */
public record Node(String name, DataType type, List<Long> shape) {

  /** Number of dimensions. */
  public int rank() {
    return shape.size();
  }

  /** Length of a dimension. */
  public long length(int axis) {
    return shape.get(axis);
  }
}
