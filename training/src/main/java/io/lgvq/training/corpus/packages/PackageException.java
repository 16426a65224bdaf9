package io.lgvq.training.corpus.packages;

/** A package could not be had; the message is a sentence that says why and what to do. */
public final class PackageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for people
   */
  public PackageException(String message) {
    super(message);
  }

  /**
   * @param message a sentence for people
   * @param cause what went wrong below
   */
  public PackageException(String message, Throwable cause) {
    super(message, cause);
  }
}
