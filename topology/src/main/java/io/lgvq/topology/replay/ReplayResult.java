package io.lgvq.topology.replay;

import io.lgvq.topology.deadletter.DeadLetter;

/**
 * What a replay made of one dead letter.
 *
 * @param letter the dead letter
 * @param outcome what became of it
 * @param sentence for people, where it was not sent; empty where it was, or would be
 */
public record ReplayResult(DeadLetter letter, Outcome outcome, String sentence) {

  /** What can become of a letter. */
  public enum Outcome {
    /** Its record stands in its topic again. */
    SENT,
    /** It would be sent, were this no dry run. */
    SENDABLE,
    /** Its record was sent before, by an earlier replay or another letter of it. */
    ALREADY,
    /** It cannot be sent, or should not without a look at it. */
    REFUSED
  }
}
