package io.lgvq.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void shouldBeStudentsIntervalOfThreeValues() {
    Interval interval = Interval.of(1, 2, 3);
    assertThat(interval.mean()).isEqualTo(2);
    // The 97.5 % quantile of t with two degrees of freedom is 4.3027.
    assertThat(interval.half()).isCloseTo(4.3027 / Math.sqrt(3), within(1e-3));
    assertThat(interval.excludesZero()).isFalse();
    assertThat(Interval.of(10, 10.1, 9.9).excludesZero()).isTrue();
  }

  @Test
  void shouldClaimNoIntervalForASingleValue() {
    Interval interval = Interval.of(5);
    assertThat(interval.half()).isNaN();
    assertThat(interval.excludesZero()).isFalse();
    assertThat(interval.text(1)).isEqualTo("5.0");
    assertThat(Interval.of(1, 3).text(1)).isEqualTo("2.0 ± 12.7");
  }
}
