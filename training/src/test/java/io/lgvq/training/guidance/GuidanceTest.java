package io.lgvq.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.AlignmentSettings;
import io.lgvq.training.alignment.CaptionText;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.alignment.Lexicon;
import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.Recording;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.guidance.GuidanceSettings.Weights;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuidanceTest {

  private static final int ROWS = 3;
  private static final int TEXT = 5;
  private static final float RECONSTRUCTION = 0.7f;
  private static final Map<Part, Float> SHARES =
      Map.of(Part.GSA, 0.2f, Part.MTP, 0.3f, Part.RAS, 0.1f);
  private static final GuidanceSettings SETTINGS = settings(2);

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void free() {
    manager.close();
  }

  private static GuidanceSettings settings(int measureEvery) {
    return new GuidanceSettings(
        ROWS,
        1e-3f,
        new AlignmentSettings(
            4,
            3,
            new AlignmentSettings.Visual(1, 0, 1, 8, 1),
            new AlignmentSettings.Transformer(1, 8, 1),
            0.1f,
            0.1f,
            new AlignmentSettings.Mask(0.4f, 0.2f, 0.1f, 0.9f)),
        new Weights(
            SHARES.get(Part.GSA), SHARES.get(Part.MTP), SHARES.get(Part.RAS), measureEvery, 1e6f));
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void shouldGiveALossTheShareOfTheReconstructionsGradientThatIsSet(Part part) {
    try (Guidance guidance = guidance(SETTINGS.only(Set.of(part)))) {
      guide(guidance, 0); // the first time it weighs 1, and is measured
      for (long step : new long[] {1, 2}) { // not measured, and measured
        assertThat(guide(guidance, step).norm().getFloat())
            .isCloseTo(SHARES.get(part) * RECONSTRUCTION, within(1e-3f));
      }
    }
  }

  @Test
  void shouldAddUpTheLossesEachWithItsWeight() {
    NDArray expected = manager.zeros(new Shape(ROWS, 4, 2));
    for (Part part : Part.values()) {
      try (Guidance guidance = guidance(SETTINGS.only(Set.of(part)))) {
        guide(guidance, 0);
        expected = expected.add(guide(guidance, 1));
      }
    }
    try (Guidance guidance = guidance(SETTINGS)) {
      guide(guidance, 0);
      for (long step : new long[] {1, 2}) {
        assertThat(guide(guidance, step).toFloatArray())
            .containsExactly(expected.toFloatArray(), within(1e-4f));
      }
    }
  }

  @Test
  void shouldTakeFixedWeightsAsTheyAre() {
    GuidanceSettings fixed = settings(0).only(Set.of(Part.MTP));
    try (Guidance guidance = guidance(fixed);
        Guidance measured = guidance(SETTINGS.only(Set.of(Part.MTP)))) {
      NDArray unweighted = guide(measured, 0);

      assertThat(guide(guidance, 0).toFloatArray())
          .containsExactly(unweighted.mul(SHARES.get(Part.MTP)).toFloatArray(), within(1e-5f));
    }
  }

  private static Guidance guidance(GuidanceSettings settings) {
    Set<Integer> pieces = Set.of(1, 2, 3, 4, 5, 6);
    Lexicon lexicon = new Lexicon(pieces, pieces, piece -> noise(TEXT, piece));
    return new Guidance(
        settings,
        new LanguageNetworks(settings.language(), lexicon, 2, 2, 2),
        new AdamW.Settings(0.9f, 0.99f, 0, 1),
        5);
  }

  /** Always of the same codes and captions, and without learning anything. */
  private NDArray guide(Guidance guidance, long step) {
    int[][] words = {{2, 3, 4, 0}, {5, 6, 0, 0}, {7, 2, 5, 3}};
    try (Recording recording = Recording.open()) {
      return guidance
          .guide(
              recording,
              manager.create(noise(ROWS * 4 * 2, 70), new Shape(ROWS, 4, 2)),
              new CaptionText(words, noise(ROWS * TEXT, 80)),
              RECONSTRUCTION,
              step,
              0,
              new SplittableRandom(9))
          .gradient();
    }
  }

  private static float[] noise(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      noise[i] = (float) values[i];
    }
    return noise;
  }
}
