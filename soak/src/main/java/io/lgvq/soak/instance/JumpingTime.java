package io.lgvq.soak.instance;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * A wall clock that jumps when it is told to; what counts nanoseconds goes on evenly, as on a real
 * machine.
 */
final class JumpingTime implements Time {

  private volatile long offset;

  /**
   * Sets the clock.
   *
   * @param millis how far it is ahead of the real one; negative for behind
   */
  void jumpTo(long millis) {
    offset = millis;
  }

  @Override
  public long milliseconds() {
    return SYSTEM.milliseconds() + offset;
  }

  @Override
  public long nanoseconds() {
    return SYSTEM.nanoseconds();
  }

  @Override
  public void sleep(long millis) {
    SYSTEM.sleep(millis);
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadline)
      throws InterruptedException {
    // The deadline is by our clock.
    SYSTEM.waitObject(object, condition, deadline - offset);
  }
}
