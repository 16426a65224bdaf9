package io.lgvq.app.stage;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The time that the start may spend on Kafka ({@code lgvq.start-wait}), one budget for all that is
 * asked in a row. Whatever goes wrong meanwhile becomes a sentence.
 *
 * <p>Threading: used by one thread.
 */
final class StartWait {
  private static final long PAUSE_MS = 50;

  private final Duration whole;
  private final long deadline;

  /** The time runs from now on. */
  StartWait(Duration whole) {
    this.whole = whole;
    this.deadline = System.nanoTime() + whole.toNanos();
  }

  /**
   * What the future gives.
   *
   * @throws StartException if it fails, or does not end in time
   */
  <T> T await(CompletableFuture<T> future) {
    return await(future, this::silence);
  }

  /**
   * What the future gives.
   *
   * @param late what to say if it does not end in time
   * @throws StartException if it fails, or does not end in time
   */
  <T> T await(CompletableFuture<T> future, Supplier<StartException> late) {
    try {
      return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartException ours) {
        throw ours;
      }
      throw new StartException(
          "Kafka refused (kafka.bootstrap.servers): " + e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw late.get();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Kafka has not answered at all. */
  StartException silence() {
    return new StartException(
        "Kafka did not answer within %s (kafka.bootstrap.servers, lgvq.start-wait)."
            .formatted(patience()));
  }

  /** Whether the time has run out. */
  boolean over() {
    return System.nanoTime() >= deadline;
  }

  /** Waits a moment before Kafka is asked again. */
  void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** The whole of it in words, for instance {@code 60 s}. */
  String patience() {
    return whole.toMillis() % 1000 == 0 ? whole.toSeconds() + " s" : whole.toMillis() + " ms";
  }

  private static StartException interrupted() {
    Thread.currentThread().interrupt();
    return new StartException("Interrupted while asking Kafka for its topics.");
  }
}
