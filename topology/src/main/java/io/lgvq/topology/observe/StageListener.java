package io.lgvq.topology.observe;

import io.lgvq.operators.drift.Drift;
import io.lgvq.topology.deadletter.DeadLetterReason;
import java.time.Duration;

/**
 * Hears what a stage does, to make metrics of it. Called on stream threads, several at once:
 * implementations are fast, safe for use by several threads, and do not throw.
 *
 * <p>What is heard may be rolled back and heard again: after a crash the records of an aborted
 * transaction are read anew.
 */
public interface StageListener {

  /**
   * A record was read from an input topic.
   *
   * @param stage name of the stage
   * @param topic where the record came from
   */
  default void received(String stage, String topic) {}

  /**
   * A micro-batch went through the operator.
   *
   * @param stage name of the stage
   * @param size records in the batch, 1 or more
   * @param operatorTime time in the operator, retries included
   * @param queueAge how long the oldest record of the batch had waited before the operator was
   *     called
   */
  default void drained(String stage, int size, Duration operatorTime, Duration queueAge) {}

  /**
   * The operator failed and is about to be called again.
   *
   * @param stage name of the stage
   * @param attempt how many calls have failed so far, 1 or more
   * @param failure what the last one threw
   */
  default void retrying(String stage, int attempt, RuntimeException failure) {}

  /**
   * A record went to the dead letters.
   *
   * @param stage name of the stage
   * @param reason why
   */
  default void deadLettered(String stage, DeadLetterReason reason) {}

  /**
   * A question had waited its time and was answered with {@code UNKNOWN_IMAGE}.
   *
   * @param stage name of the stage
   */
  default void unknownImage(String stage) {}

  /**
   * A window of the drift stage closed.
   *
   * @param stage name of the stage
   * @param partition of the tokens whose images were counted
   * @param codebook digest of that which their codes index
   * @param drift how far they are from ordinary images
   */
  default void drifted(String stage, int partition, String codebook, Drift drift) {}

  /**
   * There will be no window of a codebook any more, for its bundle has been retired.
   *
   * @param stage name of the stage
   * @param partition of the tokens
   * @param codebook its digest
   */
  default void driftRetired(String stage, int partition, String codebook) {}

  /**
   * This process watches a partition no longer; another one may.
   *
   * @param stage name of the stage
   * @param partition of the tokens
   */
  default void driftUnwatched(String stage, int partition) {}

  /** Hears nothing. */
  static StageListener none() {
    return new StageListener() {};
  }
}
