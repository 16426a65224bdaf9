package io.lgvq.training.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Prepares the data of coming steps in a background thread while the current step learns. Since
 * data is a function of the step's number, looking ahead changes nothing.
 *
 * <p>Threading: {@link #take} is for one thread. Owns its thread until {@link #close()}.
 *
 * @param <B> a step's data
 */
public final class Prefetch<B> implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final LongFunction<B> prepare;
  private final int ahead;
  private final ExecutorService thread;
  private final Deque<CompletableFuture<B>> coming = new ArrayDeque<>();
  private long next = -1;
  private volatile boolean closed;

  /**
   * @param name of the thread
   * @param ahead how many steps' data may wait
   * @param prepare makes the data of a step; called in the background thread only
   */
  public Prefetch(String name, int ahead, LongFunction<B> prepare) {
    this.prepare = prepare;
    this.ahead = ahead;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * The data of a step; fast if steps are taken in order.
   *
   * @throws RuntimeException what the preparation threw
   */
  public B take(long step) {
    if (step != next) {
      coming.forEach(future -> future.cancel(false));
      coming.clear();
      next = step;
    }
    while (coming.size() <= ahead) {
      long number = next + coming.size();
      coming.add(
          CompletableFuture.supplyAsync(() -> closed ? null : prepare.apply(number), thread));
    }
    next++;
    try {
      return coming.remove().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Waits until a preparation that has begun is over; none begins any more. It is not interrupted,
   * for that would close files under it that others read on.
   */
  @Override
  public void close() {
    closed = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a step's data was not ready after " + LONGEST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
