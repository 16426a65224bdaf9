package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CollapseWatchTest {

  private static final int CODES = 100;

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
    CollapseWatch watch = new CollapseWatch(CODES);
    String warning = "";
    for (int step = 0; step <= CollapseWatch.PATIENCE; step++) {
      warning = watch.look(step, 3).orElse(warning);
    }
    assertThat(warning).contains("step 199", "100 codes", "work of 3");
  }

  private static int warnings(int steps, IntToDoubleFunction perplexity) {
    CollapseWatch watch = new CollapseWatch(CODES);
    int warnings = 0;
    for (int step = 0; step < steps; step++) {
      warnings += watch.look(step, perplexity.applyAsDouble(step)).isPresent() ? 1 : 0;
    }
    return warnings;
  }
}
