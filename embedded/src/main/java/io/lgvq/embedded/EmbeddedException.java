package io.lgvq.embedded;

/** A part of the embedded platform could not be started. */
public final class EmbeddedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedException(String message) {
    super(message);
  }

  EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }
}
