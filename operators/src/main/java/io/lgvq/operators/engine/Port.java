package io.lgvq.operators.engine;

import java.util.Arrays;
import java.util.List;

/**
 * One input of a graph.
 *
 * @param name in the graph
 * @param element what its values are
 * @param shape of one row, the batch dimension left out; empty for one value a row
 */
public record Port(String name, Element element, List<Integer> shape) {

  /** Types of values that cross the border; all four bytes long. */
  public enum Element {
    /** IEEE 754, 32 bits. */
    FLOAT32,
    /** Signed, 32 bits. */
    INT32
  }

  /** An input of floats. */
  public static Port floats(String name, Integer... shape) {
    return new Port(name, Element.FLOAT32, List.of(shape));
  }

  /** An input of integers. */
  public static Port ints(String name, Integer... shape) {
    return new Port(name, Element.INT32, List.of(shape));
  }

  /** Values a row. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  long[] shape(int rows) {
    long[] whole = new long[shape.size() + 1];
    Arrays.setAll(whole, i -> i == 0 ? rows : shape.get(i - 1));
    return whole;
  }
}
