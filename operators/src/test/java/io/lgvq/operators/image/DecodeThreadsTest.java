package io.lgvq.operators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.OperatorException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DecodeThreadsTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void shouldLeaveStuckDecodersBehindAndSayWhenAllAreStuck() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger stops = new AtomicInteger();
    try (DecodeThreads threads = new DecodeThreads(3)) {
      for (int stuck = 0; stuck < 2; stuck++) {
        assertThatThrownBy(() -> threads.run(() -> hang(never), SHORT, stops::incrementAndGet))
            .isInstanceOf(TimeoutException.class);
      }
      assertThat(stops).hasValue(2);
      assertThat(threads.run(() -> "another image", LONG, () -> {})).isEqualTo("another image");

      Awaitility.await()
          .atMost(LONG)
          .ignoreException(OperatorException.class)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> threads.run(() -> hang(never), SHORT, () -> {}))
                      .isInstanceOf(TimeoutException.class));
      assertThatThrownBy(() -> threads.run(() -> "good image", LONG, () -> {}))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("all 3 are busy or stuck");

      never.countDown();
      Awaitility.await()
          .atMost(LONG)
          .ignoreException(OperatorException.class)
          .until(() -> threads.run(() -> "good image", LONG, () -> {}), "good image"::equals);
    }
  }

  @Test
  void shouldPassOnWhatDecoderThrows() {
    try (DecodeThreads threads = new DecodeThreads(1)) {
      assertThatThrownBy(
              () ->
                  threads.run(
                      () -> {
                        throw new IllegalStateException("damaged");
                      },
                      LONG,
                      () -> {}))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Deaf to interruption, as a native decoder would be. */
  private static String hang(CountDownLatch never) {
    while (true) {
      try {
        never.await();
        return "late";
      } catch (InterruptedException e) {
        // deaf
      }
    }
  }
}
