package io.lgvq.soak.instance;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Moments at which the harness wants to strike. A trap that is set goes off once, at the next such
 * moment: the instance says so, and holds its breath.
 *
 * <p>Threading: safe for use by several threads.
 */
final class Traps {

  private record Trap(String moment, long holdMillis) {}

  private final AtomicReference<Trap> set = new AtomicReference<>();

  /**
   * Sets a trap.
   *
   * @param trap moment and milliseconds to wait there, for instance {@code commit 2000}; empty sets
   *     none
   */
  void set(String trap) {
    if (!trap.isEmpty()) {
      String[] words = trap.split(" ", -1);
      set.set(new Trap(words[0], Long.parseLong(words[1])));
    }
  }

  /** A moment has come. */
  void at(String moment) {
    Trap trap = set.get();
    if (trap != null && trap.moment().equals(moment) && set.compareAndSet(trap, null)) {
      News.say(News.TRAPPED, moment);
      pause(trap.holdMillis());
    }
  }

  /** Waits, or less if it is interrupted. */
  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
