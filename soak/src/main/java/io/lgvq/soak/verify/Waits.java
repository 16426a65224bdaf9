package io.lgvq.soak.verify;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long questions have waited, from before they were sent until their answer was seen: never
 * less than they did at the stage. Whoever says too early that an image is unknown is found out by
 * that, but for the time after a jump of an instance's clock, which may end a wait at once.
 *
 * <p>Threading: of its owner.
 */
final class Waits {

  // Questions that wait longer than so many others take to be sent have waited long enough.
  private static final int KEPT = 1 << 14;
  private static final Duration JUMP_FELT = Duration.ofSeconds(5);
  // Clocks of two processes need not run alike.
  private static final double TOLERANCE = 0.97;

  private final long least;
  private final LongSupplier nanos;
  private final long[] asked = new long[KEPT];
  private int last = -1;
  private long jumped;
  private boolean hasJumped;

  /**
   * @param least how long a question waits for its image at least
   * @param nanos a clock that goes evenly
   */
  Waits(Duration least, LongSupplier nanos) {
    this.least = (long) (least.toNanos() * TOLERANCE);
    this.nanos = nanos;
  }

  /** A question is about to be sent. */
  void asked(int question) {
    asked[question % KEPT] = nanos.getAsLong();
    last = question;
  }

  /** The clock of an instance is about to jump. */
  void clockJumps() {
    jumped = nanos.getAsLong();
    hasJumped = true;
  }

  /** Whether a question that is answered now has waited less than it must, and no jump explains. */
  boolean isTooEarly(int question) {
    if (question > last || question <= last - KEPT) {
      return false;
    }
    long since = asked[question % KEPT];
    boolean explained = hasJumped && since - jumped < JUMP_FELT.toNanos();
    return nanos.getAsLong() - since < least && !explained;
  }
}
