package io.lgvq.operators.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows beside a reference, in a world where the codes of one image are alike: each image has one
 * of eight themes, and each theme eight codes.
 */
class DriftTest {

  private static final int CODES = 64;
  private static final int GRID = 16;

  private final SplittableRandom random = new SplittableRandom(5);
  private final CodeReference reference = images(4096, 8).result("digest", "the test");

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 128, 256})
  void shouldFindOrdinaryWindowsOfAnySizeWithoutDrift(int length) {
    double divergence = 0;
    double perplexity = 0;
    int windows = 0;
    for (CodeCounts window : images(64 * length, 8).windows(length)) {
      Drift drift = Drift.of(window, reference, 0.001);
      divergence += drift.divergence();
      perplexity += drift.perplexity() / drift.expectedPerplexity();
      windows++;
    }

    assertThat(divergence / windows).isCloseTo(0, within(0.01));
    assertThat(perplexity / windows).isCloseTo(1, within(0.02));
    assertThat(reference.expectedDivergence(32)).isGreaterThan(0.03);
  }

  @Test
  void shouldFindWindowsOfFewerThemesDivergent() {
    for (CodeCounts window : images(512, 2).windows(64)) {
      Drift drift = Drift.of(window, reference, 0.001);

      assertThat(drift.divergence()).isGreaterThan(0.3);
      assertThat(drift.perplexity() / drift.expectedPerplexity()).isLessThan(0.4);
      assertThat(drift.usage()).isEqualTo(0.25);
    }
  }

  @Test
  void shouldCountCodesThatTheReferenceSeesRarely() {
    long[] counts = new long[] {90, 9, 1, 0};
    var ordinary =
        new CodeReference(
            "digest",
            "the test",
            10,
            counts,
            new Spread(2, 0.5),
            new CodeReference.Windows(5, 2, new Spread(1.5, 0.1), new Spread(0.1, 0.01)));
    var window = new CodeCounts(4);
    window.add(new int[] {0, 2, 3, 3}, 3);

    Drift drift = Drift.of(window, ordinary, 0.05);

    assertThat(drift.rareShare()).isEqualTo(0.75);
    assertThat(drift.expectedRareShare()).isEqualTo(0.01);
    assertThat(drift.errorShift()).isEqualTo(2);
    assertThat(drift.quantizationError()).isEqualTo(3);
  }

  @Test
  void shouldMeasureOneBitBetweenImagesThatShareNoCode() {
    assertThat(Frequencies.divergence(new long[] {1, 3, 0}, new long[] {0, 0, 7}))
        .isCloseTo(1, within(1e-12));
    assertThat(Frequencies.divergence(new long[] {1, 3, 0}, new long[] {2, 6, 0}))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void shouldTellHowManyImagesAReferenceNeeds() {
    assertThatThrownBy(() -> images(511, 8).result("digest", "the test"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a reference needs 512 images at least, and there are 511");
  }

  private ReferenceMeasure images(int count, int themes) {
    var measure = new ReferenceMeasure(CODES);
    for (int i = 0; i < count; i++) {
      int theme = random.nextInt(themes);
      int[] codes = random.ints(GRID, 8 * theme, 8 * theme + 8).toArray();
      measure.add(codes, 1 + random.nextDouble());
    }
    return measure;
  }
}
