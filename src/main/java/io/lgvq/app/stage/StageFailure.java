package io.lgvq.app.stage;

import java.time.Instant;

/**
 * Why a stage stopped.
 *
 * @param at when
 * @param reason what its stream thread threw, in one line
 */
public record StageFailure(Instant at, String reason) {
  static StageFailure of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new StageFailure(
        Instant.now(), root.getClass().getSimpleName() + ": " + root.getMessage());
  }
}
