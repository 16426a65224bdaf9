package io.lgvq.training.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real network, as npm has it. */
class MobileNetTest {

  private static final MobileNet EYE = ShippedEye.open();

  private final PerceptualDistance distance = new PerceptualDistance(EYE);

  @AfterAll
  static void close() {
    EYE.close();
  }

  /** The figures are what TensorFlow.js 4.22.0 makes of the same pattern and weights. */
  @Test
  void shouldSeeWhatTensorFlowSees() {
    try (NDManager scope = NDManager.newBaseManager();
        Recording paused = Recording.paused()) {
      NDArray pixels = pattern(scope, 224);
      List<NDArray> stages = EYE.stages(pixels);
      check(stages.get(0), new Shape(1, 24, 112, 112), 0.25145, 6.75889, -4.61117, -6.40620);
      check(stages.get(1), new Shape(1, 32, 56, 56), 1.24750, 10.93484, -3.76938, -2.96068);
      check(stages.get(2), new Shape(1, 48, 28, 28), 2.26767, 9.24302, 5.71366, -0.95441);
      check(stages.get(3), new Shape(1, 136, 14, 14), 0.15165, 3.17020, 1.36215, -0.77059);
      NDArray whole = EYE.embedding(pixels);
      assertThat(whole.getShape()).isEqualTo(new Shape(1, MobileNet.EMBEDDING));
      assertThat(whole.mean().getFloat()).isCloseTo(0.20839f, within(1e-3f));
      assertThat(whole.toFloatArray()[0]).isCloseTo(1.27915f, within(1e-2f));
    }
  }

  @Test
  void shouldFindStrongerNoiseMoreDifferent() {
    try (NDManager scope = NDManager.newBaseManager();
        Recording paused = Recording.paused()) {
      NDArray pixels = pattern(scope, 64);
      NDArray noise = noise(scope, pixels.getShape());
      float none = distance.of(pixels, pixels).getFloat();
      float little = distance.of(pixels.add(noise.mul(0.05f)), pixels).getFloat();
      float much = distance.of(pixels.add(noise.mul(0.4f)), pixels).getFloat();

      assertThat(none).isZero();
      assertThat(little).isGreaterThan(0.001f);
      assertThat(much).isGreaterThan(2 * little).isLessThan(16);
    }
  }

  @Test
  void shouldSayWhichWayPicturesBecomeMoreAlike() {
    try (NDManager scope = NDManager.newBaseManager();
        Recording recording = Recording.open()) {
      NDArray wanted = pattern(scope, 32);
      NDArray made = wanted.add(noise(scope, wanted.getShape()).mul(0.3f));
      made.setRequiresGradient(true);
      NDArray loss = distance.of(made, wanted);
      recording.backward(loss);
      NDArray gradient = Recording.take(made);
      float length = gradient.norm().getFloat();
      float step = 0.02f;
      NDArray moved = made.stopGradient().sub(gradient.mul(step / length));
      float gained = loss.getFloat() - distance.of(moved, wanted).getFloat();

      assertThat(gained / step).isCloseTo(length, within(0.1f * length));
    }
  }

  @Test
  void shouldRefuseAnotherNetwork(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("model.min.js"),
        "t={weightsManifest:[{paths:[\"w\"],weights:[{name:\"/MobilenetV2/a\",shape:[1],"
            + "dtype:\"float32\",quantization:{min:0,scale:1,dtype:\"uint8\"}}]}]}");
    Files.writeString(folder.resolve("w.min.js"), "m=\"AQ==\"");

    assertThatThrownBy(() -> MobileNet.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no MobileNetV2");
  }

  private static void check(
      NDArray stage, Shape shape, double mean, double deviation, double first, double second) {
    assertThat(stage.getShape()).isEqualTo(shape);
    assertThat((double) stage.mean().getFloat()).isCloseTo(mean, within(1e-3 * deviation));
    assertThat(Math.sqrt(stage.square().mean().getFloat()))
        .isCloseTo(deviation, within(1e-3 * deviation));
    assertThat((double) stage.getFloat(0, 0, 0, 0)).isCloseTo(first, within(2e-3 * deviation));
    assertThat((double) stage.getFloat(0, 1, 0, 0)).isCloseTo(second, within(2e-3 * deviation));
  }

  /** ((7 x + 13 y + 29 c) mod 256) / 255, from 0 .. 1 to -1 .. 1. */
  private static NDArray pattern(NDManager scope, int side) {
    float[] pixels = new float[3 * side * side];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          pixels[(c * side + y) * side + x] = (7 * x + 13 * y + 29 * c) % 256 / 127.5f - 1;
        }
      }
    }
    return scope.create(pixels, new Shape(1, 3, side, side));
  }

  private static NDArray noise(NDManager scope, Shape shape) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, shape);
  }
}
