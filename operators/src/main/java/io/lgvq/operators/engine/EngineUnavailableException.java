package io.lgvq.operators.engine;

/** The engine that was asked for cannot run here; the message is a sentence on what is missing. */
public final class EngineUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing, and what to do
   */
  public EngineUnavailableException(String message) {
    super(message);
  }
}
