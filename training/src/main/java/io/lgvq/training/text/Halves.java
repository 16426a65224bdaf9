package io.lgvq.training.text;

import ai.djl.util.Float16Utils;

/** Rounding to 16-bit floats. */
final class Halves {

  private Halves() {}

  /** The nearest values that a 16-bit float can hold. */
  static float[] rounded(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Float16Utils.halfToFloat(Float16Utils.floatToHalf(values[i]));
    }
    return rounded;
  }
}
