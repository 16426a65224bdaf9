package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrefetchTest {

  @Test
  void shouldGiveEachStepItsOwnDataAlsoAfterAJump() {
    try (Prefetch<Long> prefetch = new Prefetch<>("test", 3, step -> step * step)) {
      assertThat(prefetch.take(0)).isEqualTo(0);
      assertThat(prefetch.take(1)).isEqualTo(1);
      assertThat(prefetch.take(7)).isEqualTo(49);
      assertThat(prefetch.take(8)).isEqualTo(64);
    }
  }

  @Test
  void shouldThrowWhatThePreparationThrew() {
    try (Prefetch<Long> prefetch =
        new Prefetch<>(
            "test",
            1,
            step -> {
              throw new IllegalStateException("no data for " + step);
            })) {
      assertThatThrownBy(() -> prefetch.take(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no data for 0");
    }
  }
}
