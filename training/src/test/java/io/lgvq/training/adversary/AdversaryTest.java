package io.lgvq.training.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdversaryTest {

  private static final int START = 3;
  private static final AdversarySettings SETTINGS = settings(4);

  private static AdversarySettings settings(int rows) {
    return new AdversarySettings(
        rows, 0.5f, 0.8f, START, 8, 1, 2e-3f, new AdamW.Settings(0.5f, 0.9f, 0, 1));
  }

  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, Float> report = new LinkedHashMap<>();
  private final Adversary adversary =
      new Adversary(SETTINGS, (made, originals) -> made.sub(originals).square().mean(), 1);

  @AfterEach
  void close() {
    adversary.close();
    manager.close();
  }

  @Test
  void shouldLoseByHingeAsWorkedOutByHand() {
    NDArray real = manager.create(new float[] {2, 0.5f, -1});
    NDArray made = manager.create(new float[] {-3, -0.5f, 1});

    // (0 + 0.5 + 2) / 3 and (0 + 0.5 + 2) / 3, halved and added
    assertThat(Hinge.discriminator(real, made).getFloat()).isCloseTo(2.5f / 3, within(1e-6f));
    assertThat(Hinge.generator(made).getFloat()).isCloseTo(2.5f / 3, within(1e-6f));
  }

  @Test
  void shouldWeighTheAdversarySoThatBothGradientsAreOfOneLength() {
    assertThat(AdaptiveWeight.of(3, 0.5f)).isCloseTo(6, within(2e-3f));
    assertThat(AdaptiveWeight.of(3, 0)).isEqualTo(1e4f);
    assertThat(AdaptiveWeight.of(0, 0.5f)).isZero();
  }

  @Test
  void shouldWeighByTheNormsAtTheLastLayer() {
    try (Recording recording = Recording.open()) {
      NDArray made = leaf(noise(0.3f, 1));
      NDArray wanted = noise(1, 2);
      NDArray plain = adversary.gradient(recording, made, wanted, norms(1, 1), START, report);
      NDArray weighed = adversary.gradient(recording, made, wanted, norms(6, 2), START, report);

      assertThat(report.get("adversarial weight")).isCloseTo(0.8f * 3, within(1e-3f));
      assertThat(weighed.norm().getFloat() / plain.norm().getFloat()).isCloseTo(3, within(1e-3f));
    }
  }

  @Test
  void shouldJudgeTheFirstPicturesOfABatchAlone() {
    try (Recording recording = Recording.open();
        Adversary few =
            new Adversary(
                settings(1), (made, originals) -> made.sub(originals).square().sum(), 1)) {
      NDArray made = leaf(noise(0.3f, 1));
      recording.backward(few.perceptual(made, noise(0.3f, 2), report));
      NDArray perceptual = Recording.take(made);
      NDArray deceiving = few.gradient(recording, made, noise(1, 2), norms(1, 1), START, report);

      for (NDArray gradient : List.of(perceptual, deceiving)) {
        assertThat(gradient.get("0:1").norm().getFloat()).isPositive();
        assertThat(gradient.get("1:").norm().getFloat()).isZero();
      }
    }
  }

  @Test
  void shouldLeaveTheDecoderAloneDuringWarmUp() {
    try (Recording recording = Recording.open()) {
      NDArray made = leaf(noise(0.3f, 1));
      NDArray gradient =
          adversary.gradient(recording, made, noise(1, 2), norms(1, 1), START - 1, report);
      adversary.learn(recording, made, noise(1, 3), START - 1, report);

      assertThat(gradient.norm().getFloat()).isZero();
      assertThat(report).containsEntry("adversarial weight", 0f).containsEntry("discriminator", 0f);
    }
  }

  @Test
  void shouldLearnToTellMadeFromReal() {
    float last = 0;
    for (int step = START; step < START + 60; step++) {
      try (Recording recording = Recording.open()) {
        adversary.learn(recording, noise(0.1f, step), noise(0.8f, 1_000 + step), step, report);
      }
      last = report.get("discriminator");
      if (step == START) {
        assertThat(last).isBetween(0.8f, 1.2f);
      }
    }
    assertThat(last).isLessThan(0.3f);
  }

  @Test
  void shouldPointTheDecoderTowardsWhatLooksReal() {
    for (int step = START; step < START + 60; step++) {
      try (Recording recording = Recording.open()) {
        adversary.learn(recording, noise(0.1f, step), noise(0.8f, 1_000 + step), step, report);
      }
    }
    try (Recording recording = Recording.open()) {
      NDArray before = noise(0.1f, 5);
      NDArray gradient =
          adversary.gradient(recording, leaf(before), before, norms(1, 1), START, report);
      float found = report.get("adversarial");
      NDArray after = before.sub(gradient.mul(50));
      adversary.gradient(recording, leaf(after), before, norms(1, 1), START, report);

      assertThat(report.get("adversarial")).isLessThan(found);
    }
  }

  @Test
  void shouldGoOnFromItsState() {
    try (Recording recording = Recording.open();
        Adversary other =
            new Adversary(SETTINGS, (made, originals) -> made.sub(originals).mean(), 9)) {
      adversary.learn(recording, noise(0.1f, 1), noise(0.8f, 2), START, report);
      other.restore(adversary.state());
      Map<String, Float> restored = new LinkedHashMap<>();
      adversary.learn(recording, noise(0.1f, 3), noise(0.8f, 4), START + 1, report);
      other.learn(recording, noise(0.1f, 3), noise(0.8f, 4), START + 1, restored);

      assertThat(restored.get("discriminator")).isEqualTo(report.get("discriminator"));
      assertThat(other.state()).isEqualTo(adversary.state());
    }
  }

  /** First the norm of what is wanted, then that of the adversary. */
  private static Adversary.LastLayer norms(float wanted, float adversarial) {
    float[] left = {wanted, adversarial};
    int[] asked = {0};
    return gradient -> left[asked[0]++];
  }

  private NDArray leaf(NDArray values) {
    NDArray leaf = values.duplicate();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private NDArray noise(float deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[4 * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return manager.create(values, new Shape(4, 3, 16, 16));
  }
}
