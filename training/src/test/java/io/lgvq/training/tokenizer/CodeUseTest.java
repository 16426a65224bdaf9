package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CodeUseTest {

  @Test
  void shouldCountEqualUseAsManyCodesAndOneCodeAsOne() {
    assertThat(CodeUse.of(new long[] {0, 1, 2, 3}, 8)).isEqualTo(new CodeUse(0.5f, 4));
    assertThat(CodeUse.of(new long[] {5, 5, 5}, 8)).isEqualTo(new CodeUse(0.125f, 1));
  }

  @Test
  void shouldTakeTheExponentOfTheEntropy() {
    // 3/4 and 1/4: exp(0.75 ln(4/3) + 0.25 ln 4)
    assertThat(CodeUse.of(new long[] {1, 1, 1, 2}, 4).perplexity())
        .isCloseTo(1.7548f, within(1e-4f));
  }
}
