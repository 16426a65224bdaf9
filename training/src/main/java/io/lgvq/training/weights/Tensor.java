package io.lgvq.training.weights;

import java.util.Arrays;
import java.util.List;

/**
 * An array at rest: its shape and its values, row-major.
 *
 * <p>The values are not copied; nobody writes to them after construction.
 */
public record Tensor(List<Long> shape, float[] values) {

  /** Checks that the values fill the shape. */
  public Tensor {
    shape = List.copyOf(shape);
    if (shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact) != values.length) {
      throw new IllegalArgumentException(values.length + " values do not fill " + shape);
    }
  }

  /** An array of one dimension. */
  public static Tensor of(float... values) {
    return new Tensor(List.of((long) values.length), values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
