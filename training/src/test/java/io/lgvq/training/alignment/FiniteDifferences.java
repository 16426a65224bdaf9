package io.lgvq.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.lgvq.training.array.Recording;
import java.util.function.UnaryOperator;

/** Holds a loss's gradient against the loss itself, a little to either side of every value. */
final class FiniteDifferences {

  private static final float STEP = 1e-3f;

  private FiniteDifferences() {}

  /**
   * @param loss of an array of the shape of {@code at}, a scalar; always the same for the same
   *     array
   */
  static void assertGradient(NDArray at, UnaryOperator<NDArray> loss) {
    NDArray leaf = at.duplicate();
    leaf.setRequiresGradient(true);
    try (Recording recording = Recording.open()) {
      recording.backward(loss.apply(leaf));
    }
    float[] gradient = Recording.take(leaf).toFloatArray();
    float largest = 0;
    for (float value : gradient) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as("largest value of the gradient").isGreaterThan(1e-3f);
    for (int i = 0; i < gradient.length; i++) {
      double difference = value(at, i, STEP, loss) - value(at, i, -STEP, loss);
      assertThat(difference / (2 * STEP))
          .as("gradient at value %d of %d", i, gradient.length)
          .isCloseTo(gradient[i], within(0.02 * largest + 3e-4));
    }
  }

  private static double value(NDArray at, int i, float step, UnaryOperator<NDArray> loss) {
    float[] values = at.toFloatArray();
    values[i] += step;
    try (Recording paused = Recording.paused()) {
      return loss.apply(at.getManager().create(values, at.getShape())).getFloat();
    }
  }
}
