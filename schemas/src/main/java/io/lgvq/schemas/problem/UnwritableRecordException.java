package io.lgvq.schemas.problem;

/** A record that does not keep its own schema, for instance with a null in a required field. */
public final class UnwritableRecordException extends SchemaException {

  /**
   * A record that cannot be written.
   *
   * @param message one sentence for a human
   * @param cause what the encoder said; null where that would repeat the record's content
   */
  public UnwritableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
