package io.lgvq.training.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.weights.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

  private static final Parameter WEIGHT = Parameter.of("w", Initial.ONE, 1, 2);

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 1);
  private final AdamW optimizer =
      new AdamW(parameters, manager, new AdamW.Settings(0.9f, 0.99f, 0.5f, 1));

  @AfterEach
  void free() {
    manager.close();
  }

  private float step(float... gradient) {
    try (NDManager scope = manager.newSubManager();
        Recording recording = Recording.open()) {
      NDArray weight = new ArrayOps(parameters, scope).parameter(WEIGHT);
      recording.backward(weight.mul(scope.create(gradient)).sum());
      return optimizer.step(0.1f);
    }
  }

  /** The textbook's formula in doubles. */
  private static double expected(double[] gradients) {
    double weight = 1;
    double mean = 0;
    double variance = 0;
    for (int t = 1; t <= gradients.length; t++) {
      double gradient = gradients[t - 1];
      mean = 0.9 * mean + 0.1 * gradient;
      variance = 0.99 * variance + 0.01 * gradient * gradient;
      weight -= 0.1 * 0.5 * weight;
      weight -= 0.1 * mean / (1 - Math.pow(0.9, t)) / Math.sqrt(variance / (1 - Math.pow(0.99, t)));
    }
    return weight;
  }

  @Test
  void shouldMoveAsTheTextbookSays() {
    step(0.3f, 0.1f);
    step(-0.2f, 0.4f);
    step(0.05f, 0f);
    float[] weight = parameters.array(WEIGHT).toFloatArray();
    assertThat((double) weight[0])
        .isCloseTo(expected(new double[] {0.3, -0.2, 0.05}), within(1e-5));
    assertThat((double) weight[1]).isCloseTo(expected(new double[] {0.1, 0.4, 0}), within(1e-5));
  }

  @Test
  void shouldClipTheCommonNormOfAllGradients() {
    assertThat(step(3, 4)).isCloseTo(5, within(1e-5f));
    Tensor mean = optimizer.state().get("adam.mean.w");
    assertThat(mean.values()[0]).isCloseTo(0.1f * 3 / 5, within(1e-6f));
    assertThat(mean.values()[1]).isCloseTo(0.1f * 4 / 5, within(1e-6f));
  }

  @Test
  void shouldStopAtAGradientThatIsNotFiniteBeforeMoving() {
    assertThatThrownBy(() -> step(Float.NaN, 1)).isInstanceOf(ArithmeticException.class);
    assertThat(parameters.array(WEIGHT).toFloatArray()).containsExactly(1, 1);
  }
}
