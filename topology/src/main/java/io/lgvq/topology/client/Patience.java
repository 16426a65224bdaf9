package io.lgvq.topology.client;

import java.time.Duration;

/**
 * How long a stream thread waits for records: as long as Kafka Streams asks while there is work, so
 * that batches are drained and transactions committed in time, and longer once nothing has come for
 * a while. Records end the wait at once, however long it is.
 *
 * <p>Threading: for one thread.
 */
final class Patience {

  /** Whatever came before has been drained and committed by then. */
  static final Duration WORK = Duration.ofSeconds(2);

  /** What wall-clock punctuations and a stop may come late by while nothing comes. */
  static final Duration LONGEST = Duration.ofMillis(500);

  private long lastWork;
  private boolean working;

  /**
   * @param now in nanoseconds, as of {@link System#nanoTime}
   */
  Patience(long now) {
    lastWork = now;
  }

  /**
   * How long to wait.
   *
   * @param asked what Kafka Streams asks for
   * @param now in nanoseconds
   */
  Duration timeout(Duration asked, long now) {
    if (working) {
      lastWork = now; // whoever asks for more has been at work on the last until now
      working = false;
    }
    boolean idle = now - lastWork > WORK.toNanos();
    return idle && !asked.isZero() && asked.compareTo(LONGEST) < 0 ? LONGEST : asked;
  }

  /** Records have come; there is work until more are asked for. */
  void work() {
    working = true;
  }
}
