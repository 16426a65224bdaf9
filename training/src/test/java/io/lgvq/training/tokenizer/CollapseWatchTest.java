package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CollapseWatchTest {

  private static final int CODES = 100;
  private static final int WARM_UP = 100;

  @Test
  void shouldSayNothingWhileCodesAreUsed() {
    assertThat(warnings(2_000, step -> 60 + 10 * Math.sin(step))).isZero();
  }

  @Test
  void shouldWarnWhenPerplexityHalves() {
    assertThat(warnings(2_000, step -> step < 1_000 ? 80 : 35)).isBetween(1, 5);
    assertThat(warnings(1_010, step -> step < 1_000 ? 80 : 35)).isZero();
  }

  @Test
  void shouldNotTakeTheDrawingTogetherOfRandomFeaturesForACollapse() {
    // A healthy run as it was measured, for 512 codes: 322 at first, 94 at step 100, 219 at 237.
    assertThat(warnings(1_200, CollapseWatchTest::healthy)).isZero();
  }

  @Test
  void shouldNotWarnOfADip() {
    int dip = CollapseWatch.LASTING - 50;
    assertThat(warnings(2_000, step -> step >= 1_000 && step < 1_000 + dip ? 20 : 80)).isZero();
  }

  @Test
  void shouldWarnOfACollapseInTheWarmUpAsSoonAsItHasLasted() {
    // Begins like the healthy run, but goes on falling: below a tenth from step 80 on.
    IntToDoubleFunction collapse = step -> Math.max(2, 65 * Math.exp(-step / 40.0));
    assertThat(warnings(WARM_UP, collapse)).isZero();
    assertThat(warnings(WARM_UP + CollapseWatch.LASTING + 50, collapse)).isEqualTo(1);
  }

  @Test
  void shouldWarnOfACollapseAfterTheWarmUpWithinTwoHundredSteps() {
    IntToDoubleFunction collapse = step -> step < 400 ? healthy(step) : 12;
    assertThat(warnings(400, collapse)).isZero();
    assertThat(warnings(600, collapse)).isEqualTo(1);
  }

  @Test
  void shouldWarnOfACodebookThatNeverCameToLife() {
    assertThat(warnings(CollapseWatch.PATIENCE - 1, step -> 3)).isZero();
    assertThat(warnings(CollapseWatch.PATIENCE + 1, step -> 3)).isEqualTo(1);
  }

  @Test
  void shouldNotWarnInEveryStep() {
    assertThat(warnings(5 * CollapseWatch.PATIENCE + 1, step -> 3)).isEqualTo(5);
  }

  @Test
  void shouldSayWhichStepAndHowFew() {
    CollapseWatch watch = new CollapseWatch(CODES, WARM_UP, "Do something.");
    String warning = "";
    for (int step = 0; step <= CollapseWatch.PATIENCE; step++) {
      warning = watch.look(step, 3).orElse(warning);
    }
    assertThat(warning).contains("step 199", "100 codes", "work of 3").endsWith(" Do something.");
  }

  private static double healthy(int step) {
    double share = step < 100 ? 63 - 0.45 * step : 18 + 0.18 * (step - 100);
    return Math.min(63, share);
  }

  private static int warnings(int steps, IntToDoubleFunction perplexity) {
    CollapseWatch watch = new CollapseWatch(CODES, WARM_UP, "Do something.");
    int warnings = 0;
    for (int step = 0; step < steps; step++) {
      warnings += watch.look(step, perplexity.applyAsDouble(step)).isPresent() ? 1 : 0;
    }
    return warnings;
  }
}
