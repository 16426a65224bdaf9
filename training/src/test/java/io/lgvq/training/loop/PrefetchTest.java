package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void shouldLetAPreparationThatHasBegunEndUndisturbedAndBeginNoOther() {
    CountDownLatch begun = new CountDownLatch(2);
    AtomicInteger ended = new AtomicInteger();
    AtomicBoolean disturbed = new AtomicBoolean();
    Prefetch<Long> prefetch =
        new Prefetch<>(
            "test",
            8,
            step -> {
              begun.countDown();
              try {
                Thread.sleep(step == 0 ? 0 : 300);
              } catch (InterruptedException e) {
                disturbed.set(true);
              }
              ended.incrementAndGet();
              return step;
            });
    prefetch.take(0);
    awaitQuietly(begun);
    prefetch.close();
    assertThat(disturbed).isFalse();
    assertThat(ended).hasValue(2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
