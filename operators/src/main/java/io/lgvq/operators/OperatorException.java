package io.lgvq.operators;

/**
 * The engine failed on inputs that were fit for it: a fault of the machine or the model, never of
 * the data.
 */
public final class OperatorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message which operator failed, on which engine, at which batch size
   * @param cause what the engine threw
   */
  public OperatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
