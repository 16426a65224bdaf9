package io.lgvq.operators.rollout;

/** A step of a rollout that cannot be taken now; the message is one sentence that says why. */
public final class RolloutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence
   */
  public RolloutException(String message) {
    super(message);
  }
}
