package io.lgvq.app.health;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks something outside this process, for health: never longer than two seconds, and not more than
 * one question at a time, however often the platform asks.
 *
 * <p>Threading: safe for any number of threads.
 *
 * @param <T> what the question gives
 */
final class Probe<T> {
  private static final long PATIENCE_MS = 2_000;

  private final Supplier<T> question;
  private CompletableFuture<T> asked = CompletableFuture.failedFuture(new IllegalStateException());

  Probe(Supplier<T> question) {
    this.question = question;
  }

  /**
   * What came of a probe.
   *
   * @param value the answer, if there was one
   * @param failure why there was none
   */
  record Outcome<T>(Optional<T> value, Optional<String> failure) {}

  /** Asks, or joins the question that is on its way. */
  Outcome<T> outcome() {
    try {
      return new Outcome<>(
          Optional.of(pending().get(PATIENCE_MS, TimeUnit.MILLISECONDS)), Optional.empty());
    } catch (TimeoutException e) {
      return failed("no answer within " + PATIENCE_MS + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    } catch (java.util.concurrent.ExecutionException | CompletionException e) {
      return failed(String.valueOf(e.getCause().getMessage()));
    }
  }

  private synchronized CompletableFuture<T> pending() {
    if (asked.isDone()) {
      asked = CompletableFuture.supplyAsync(question);
    }
    return asked;
  }

  private Outcome<T> failed(String reason) {
    return new Outcome<>(Optional.empty(), Optional.of(reason));
  }
}
