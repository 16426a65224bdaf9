package io.lgvq.cli.shell;

/** A command could not do its work; the message is one sentence for whoever gave it. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence
   */
  public Failure(String message) {
    super(message);
  }

  /**
   * @param message one sentence
   * @param cause what said so
   */
  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
