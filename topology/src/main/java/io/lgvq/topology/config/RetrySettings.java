package io.lgvq.topology.config;

import java.time.Duration;

/**
 * How often a failure that is no record's fault is tried again before the stage stops.
 *
 * @param attempts calls in all, 1 or more
 * @param backOff wait before the second call; each further wait is twice as long
 */
public record RetrySettings(int attempts, Duration backOff) {

  /** Checks the ranges. */
  public RetrySettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more but is " + attempts);
    }
    if (backOff.isNegative()) {
      throw new IllegalArgumentException("back-off must not be negative but is " + backOff);
    }
  }

  /** Four calls, 200 ms, 400 ms and 800 ms apart. */
  public static RetrySettings standard() {
    return new RetrySettings(4, Duration.ofMillis(200));
  }
}
