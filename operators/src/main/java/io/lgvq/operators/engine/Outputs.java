package io.lgvq.operators.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** What a graph gave for one batch. A graph that breaks its signature is found out here. */
public final class Outputs {

  private final NDList list;
  private final int rows;

  Outputs(NDList list, int rows) {
    this.list = list;
    this.rows = rows;
  }

  /**
   * An output of floats, row after row.
   *
   * @param size values a row
   * @throws IllegalStateException if the graph has no such output, or of another type or size
   */
  public FloatBuffer floats(String name, int size) {
    return array(name, size, DataType.FLOAT32).toByteBuffer().asFloatBuffer();
  }

  /**
   * An output of integers, row after row.
   *
   * @param size values a row
   * @throws IllegalStateException if the graph has no such output, or of another type or size
   */
  public IntBuffer ints(String name, int size) {
    return array(name, size, DataType.INT32).toByteBuffer().asIntBuffer();
  }

  /**
   * The shape of one row of an output, for graphs that leave a size open to the bundle.
   *
   * @throws IllegalStateException if the graph has no such output
   */
  public int[] shape(String name) {
    long[] whole = find(name).getShape().getShape();
    int[] row = new int[Math.max(0, whole.length - 1)];
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.toIntExact(whole[i + 1]);
    }
    return row;
  }

  private NDArray array(String name, int size, DataType type) {
    NDArray array = find(name);
    Shape shape = array.getShape();
    if (array.getDataType() != type
        || shape.dimension() < 1
        || shape.get(0) != rows
        || shape.size() != (long) rows * size) {
      throw new IllegalStateException(
          "its output %s is %s %s, and %d rows of %d %s were promised"
              .formatted(name, array.getDataType(), shape, rows, size, type));
    }
    return array;
  }

  private NDArray find(String name) {
    NDArray array = list.get(name);
    if (array == null) {
      throw new IllegalStateException("it has no output " + name);
    }
    return array;
  }
}
