package io.lgvq.topology.clock;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * A wall clock that never goes back, for the streams of a stage.
 *
 * <p>Kafka Streams commits and punctuates when a wall-clock time has come. Where the machine's
 * clock is set back by an hour, that time is an hour away: the stage would stand still for so long,
 * its batches pending and its transactions timing out. This clock goes on instead, at nine tenths
 * of the speed of time, until the machine's has caught up with it. Forward it follows at once.
 *
 * <p>Threading: safe for use by several threads.
 */
public final class SteadyTime implements Time {

  private final Time machine;
  private long millis;
  private long nanos;

  /** A clock that follows the machine's. */
  public SteadyTime() {
    this(SYSTEM);
  }

  /**
   * @param machine the clock to follow; its nanoseconds never go back
   */
  public SteadyTime(Time machine) {
    this.machine = machine;
    this.millis = machine.milliseconds();
    this.nanos = machine.nanoseconds();
  }

  @Override
  public synchronized long milliseconds() {
    long wall = machine.milliseconds();
    long slow = millis + (machine.nanoseconds() - nanos) / 1_000_000 * 9 / 10;
    if (wall >= slow) {
      millis = wall;
      nanos = machine.nanoseconds();
      return wall;
    }
    return slow;
  }

  @Override
  public long nanoseconds() {
    return machine.nanoseconds();
  }

  @Override
  public void sleep(long sleepMillis) {
    machine.sleep(sleepMillis);
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    // The deadline is by this clock.
    machine.waitObject(object, condition, machine.milliseconds() + deadlineMillis - milliseconds());
  }
}
