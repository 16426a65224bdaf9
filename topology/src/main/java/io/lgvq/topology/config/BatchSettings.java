package io.lgvq.topology.config;

import java.time.Duration;

/**
 * When a micro-batch goes to the engine: as soon as it is full, or its oldest record has waited
 * long enough.
 *
 * @param maxBatch most records a call of the operator, 1 or more
 * @param linger longest wait of a record for others, at least 1 ms; wall-clock time, checked every
 *     half of it, and never more often than Kafka Streams polls ({@code poll.ms})
 */
public record BatchSettings(int maxBatch, Duration linger) {

  /** Checks the ranges. */
  public BatchSettings {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("max-batch must be 1 or more but is " + maxBatch);
    }
    if (linger.toMillis() < 1) {
      throw new IllegalArgumentException("linger must be at least 1 ms but is " + linger);
    }
  }

  /** 32 records, 20 ms. */
  public static BatchSettings standard() {
    return new BatchSettings(32, Duration.ofMillis(20));
  }
}
