package io.lgvq.operators.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/**
 * One flat direct buffer for each input of a graph. The engine reads them in place; they are kept
 * from call to call and grow to the largest batch. Owned by one {@link Network} lane, one thread at
 * a time.
 */
public final class Inputs {

  private final List<Port> ports;
  private final ByteBuffer[] buffers;
  private int rows;

  Inputs(List<Port> ports) {
    this.ports = ports;
    this.buffers = new ByteBuffer[ports.size()];
  }

  /** The buffer of an input of floats, by its place in {@link Binding#inputs()}. */
  public FloatBuffer floats(int port) {
    return buffers[port].asFloatBuffer();
  }

  /** The buffer of an input of integers, by its place in {@link Binding#inputs()}. */
  public IntBuffer ints(int port) {
    return buffers[port].asIntBuffer();
  }

  void size(int newRows) {
    rows = newRows;
    for (int i = 0; i < buffers.length; i++) {
      int bytes = Math.multiplyExact(4 * rows, ports.get(i).size());
      if (buffers[i] == null || buffers[i].capacity() < bytes) {
        buffers[i] = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      }
      buffers[i].clear().limit(bytes);
    }
  }

  NDList arrays(NDManager manager) {
    NDList list = new NDList(ports.size());
    for (int i = 0; i < buffers.length; i++) {
      Port port = ports.get(i);
      boolean floats = port.element() == Port.Element.FLOAT32;
      NDArray array =
          manager.create(
              floats ? floats(i) : ints(i),
              new Shape(port.shape(rows)),
              floats ? DataType.FLOAT32 : DataType.INT32);
      array.setName(port.name());
      list.add(array);
    }
    return list;
  }
}
