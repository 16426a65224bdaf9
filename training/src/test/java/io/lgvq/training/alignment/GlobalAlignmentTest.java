package io.lgvq.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GlobalAlignmentTest {

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void free() {
    manager.close();
  }

  private double loss(float[] images, float[] captions, float temperature) {
    Shape shape = new Shape(images.length / 2, 2);
    NDArray loss =
        GlobalAlignment.loss(
            manager.create(images, shape), manager.create(captions, shape), temperature);
    return loss.getFloat();
  }

  @Test
  void shouldEqualTheValueWorkedOutByHandForOrthogonalPairs() {
    float[] pairs = {3, 0, 0, 0.5f};
    double expected = Math.log(1 + Math.exp(-1 / 0.5));
    assertThat(loss(pairs, pairs, 0.5f)).isCloseTo(expected, within(1e-5));
  }

  @Test
  void shouldBeTheLogarithmOfTheBatchIfAllCaptionsAreAlike() {
    assertThat(loss(new float[] {1, 0, 0, 1, 1, 1}, new float[] {1, 2, 1, 2, 1, 2}, 0.1f))
        .isCloseTo(Math.log(3), within(1e-5));
  }

  @Test
  void shouldHaveTheGradientThatFiniteDifferencesGive() {
    NDArray captions =
        manager.create(new float[] {1, 0.2f, -1, 0.3f, 1, 0.5f, -0.4f, 0.1f, 2}, new Shape(3, 3));
    NDArray images =
        manager.create(
            new float[] {0.5f, -1, 0.7f, 1.2f, 0.3f, 0.4f, -0.9f, 0.6f, 1}, new Shape(3, 3));

    FiniteDifferences.assertGradient(images, at -> GlobalAlignment.loss(at, captions, 0.2f));
  }

  @Test
  void shouldBeLargeIfEveryImageKnowsTheOtherCaption() {
    double swapped = loss(new float[] {1, 0, 0, 1}, new float[] {0, 1, 1, 0}, 0.5f);
    assertThat(swapped).isCloseTo(Math.log(1 + Math.exp(1 / 0.5)), within(1e-5));
  }
}
