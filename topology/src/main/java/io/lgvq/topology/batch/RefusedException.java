package io.lgvq.topology.batch;

import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Rejected;

/**
 * An input of a batch is not acceptable for a reason of its own, rather than for the one that
 * {@link BatchJob#refusal} gives to all that its operator refuses.
 */
public final class RefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  /**
   * @param rejected why
   */
  public RefusedException(Rejected<?> rejected) {
    super(rejected.detail(), rejected.cause().orElse(null));
    this.reason = rejected.reason();
  }

  <V> Verdict<V> verdict() {
    return getCause() == null
        ? Verdict.rejected(reason, getMessage())
        : Verdict.rejected(reason, getCause());
  }
}
