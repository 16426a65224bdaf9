package io.lgvq.topology.retokenize;

import java.time.Duration;

/**
 * How far a re-tokenize job is.
 *
 * @param passed offsets of the topic of images that are behind it, since it was started this time
 * @param total offsets that it has to pass; a few more than images, for transactions leave marks
 * @param written token records, since it was started this time
 * @param deadLetters images that could not be read, since it was started this time
 * @param time since it was started
 */
public record Progress(long passed, long total, long written, long deadLetters, Duration time) {

  /** Images a second, dead letters included. */
  public double rate() {
    return (written + deadLetters) / Math.max(1e-3, time.toMillis() / 1e3);
  }

  /** 0 to 1. */
  public double share() {
    return total == 0 ? 1 : Math.min(1, (double) passed / total);
  }
}
