package io.lgvq.operators.image;

import io.lgvq.operators.OperatorException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs decoders with a time limit, each on a daemon thread of its own. A decoder that overstays is
 * told to stop and left behind; should so many be left behind that no thread is free, that is a
 * fault of the machine and said so, for the next image is not to blame.
 *
 * <p>Threading: safe for use by several threads; each waits for its own decoder only.
 */
final class DecodeThreads implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  /**
   * @param most threads at once, callers and left-behind decoders together
   */
  DecodeThreads(int most) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            most,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "image-decoder-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs a decoder and waits for it.
   *
   * @param stop told to a decoder that overstays
   * @throws TimeoutException if it took longer than the limit
   * @throws OperatorException if no thread is free, the machine lacks memory, or the caller was
   *     interrupted
   * @throws Exception whatever the decoder threw
   */
  <T> T run(Callable<T> decoder, Duration limit, Runnable stop) throws Exception {
    Future<T> future;
    try {
      future = threads.submit(decoder);
    } catch (RejectedExecutionException e) {
      throw new OperatorException(
          "No thread is free to decode images: all %d are busy or stuck."
              .formatted(threads.getMaximumPoolSize()),
          e);
    }
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      stop.run();
      future.cancel(true);
      throw e;
    } catch (InterruptedException e) {
      stop.run();
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new OperatorException("Decoding was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new OperatorException("The machine lacks memory to decode images.", e.getCause());
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
