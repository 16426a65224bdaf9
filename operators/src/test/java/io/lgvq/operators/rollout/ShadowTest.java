package io.lgvq.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.tokenize.Tokenized;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowTest {
  private static final Codebook OLD = Stub.codebook("1", "a1".repeat(32));
  private static final Codebook SAME = Stub.codebook("2", "a1".repeat(32));
  private static final Codebook OTHER = Stub.codebook("2", "b2".repeat(32));

  private final Shadow shadow = new Shadow(1);

  @Test
  void shouldMeasureErrorUsageAndTimeOfBoth() {
    shadow.compare(
        List.of(tokens(OLD, 0.5f, 0, 1, 2, 3), tokens(OLD, 0.25f, 0, 1, 2, 3)),
        Duration.ofMillis(20),
        List.of(tokens(OTHER, 1, 7, 7, 7, 7), tokens(OTHER, 1, 7, 7, 7, 7)),
        Duration.ofMillis(40));

    ShadowReport report = shadow.report();
    assertThat(report.batches()).isEqualTo(1);
    assertThat(report.published().images()).isEqualTo(2);
    assertThat(report.published().quantizationError()).isEqualTo(0.375);
    assertThat(report.published().codesUsed()).isEqualTo(4);
    assertThat(report.published().perplexity()).isCloseTo(4, within(1e-9));
    assertThat(report.published().secondsPerImage()).isEqualTo(0.01);
    assertThat(report.beside().codesUsed()).isEqualTo(1);
    assertThat(report.beside().codes()).isEqualTo(8);
    assertThat(report.beside().perplexity()).isCloseTo(1, within(1e-9));
    assertThat(report.beside().secondsPerImage()).isEqualTo(0.02);
  }

  @Test
  void shouldCompareCodesOfTheSameCodebookAlone() {
    compare(tokens(OLD, 0, 0, 1, 2, 3), tokens(OTHER, 0, 0, 1, 2, 3));
    assertThat(shadow.report().equalCodes()).isEmpty();

    compare(tokens(OLD, 0, 0, 1, 2, 3), tokens(SAME, 0, 0, 1, 2, 4));
    assertThat(shadow.report().equalCodes()).hasValue(0.75);
  }

  @Test
  void shouldKeepWhatTheLastFailureSaid() {
    shadow.failed(new IllegalArgumentException("a picture of 2 x 2"));

    assertThat(shadow.report().failures()).isEqualTo(1);
    assertThat(shadow.report().failure()).contains("a picture of 2 x 2");
  }

  private void compare(Tokenized ours, Tokenized theirs) {
    shadow.compare(List.of(ours), Duration.ZERO, List.of(theirs), Duration.ZERO);
  }

  private static Tokenized tokens(Codebook codebook, float error, int... codes) {
    return new Tokenized(new TokenGrid(codebook, 2, 2, 1, codes), error);
  }
}
