package io.lgvq.schemas.registry;

import io.lgvq.schemas.problem.RegistryUnavailableException;

/**
 * Keeps a feed of garbage from becoming a flood of requests: after {@value #BURST} fruitless
 * look-ups, further look-ups are spaced so that fruitless ones come at most once in {@value
 * #MILLIS_EACH} ms. Look-ups that find something cost nothing. Safe for many threads.
 */
final class Pace {

  static final int BURST = 100;
  static final long MILLIS_EACH = 50;

  private final Waiting waiting;

  /** Moment at which all fruitless look-ups so far would be paid for. */
  private long paidAt;

  Pace(Waiting waiting) {
    this.waiting = waiting;
    this.paidAt = waiting.millis();
  }

  /** Waits, if look-ups found nothing too often of late. */
  void beforeAsking() {
    long wait = debtMillis() - BURST * MILLIS_EACH;
    if (wait <= 0) {
      return;
    }
    try {
      waiting.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException(
          "Interrupted while holding back look-ups of unknown schema ids.", e);
    }
  }

  /** Notes that a look-up found nothing. */
  synchronized void foundNothing() {
    paidAt = Math.max(paidAt, waiting.millis()) + MILLIS_EACH;
  }

  private synchronized long debtMillis() {
    return paidAt - waiting.millis();
  }
}
