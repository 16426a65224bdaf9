package io.lgvq.operators.caption;

import java.util.List;

/**
 * What the caption head remembers of a batch of images.
 *
 * @param shape M and D: places, and values a place
 * @param values image after image
 */
record Memory(List<Integer> shape, float[] values) {

  /** Values an image. */
  int size() {
    return shape.get(0) * shape.get(1);
  }
}
