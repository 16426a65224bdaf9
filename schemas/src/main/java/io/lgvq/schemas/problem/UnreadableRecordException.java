package io.lgvq.schemas.problem;

/**
 * The bytes of one record cannot be read, and never will be. Says nothing about other records.
 *
 * <p>The message holds no content of the record beyond its first byte and its schema id.
 */
public final class UnreadableRecordException extends SchemaException {

  /** Why the record cannot be read. */
  public enum Reason {
    /** Fewer bytes than the five of the wire format's prefix. */
    TOO_SHORT,
    /** The first byte is not 0: another serializer wrote the record. */
    FOREIGN_MAGIC_BYTE,
    /**
     * The schema id travels in a record header (Confluent's newer format) instead of the prefix.
     */
    SCHEMA_ID_IN_HEADER,
    /** The registry answered that it has no schema of this id. */
    UNKNOWN_SCHEMA_ID,
    /** The writer's schema is no Avro record, or does not resolve to the reader's schema. */
    FOREIGN_SCHEMA,
    /** The bytes do not decode under the writer's schema. */
    GARBAGE
  }

  private final Reason reason;

  /**
   * A record that cannot be read.
   *
   * @param reason why
   * @param message one sentence for a human
   */
  public UnreadableRecordException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * A record that cannot be read, because of {@code cause}.
   *
   * @param reason why
   * @param message one sentence for a human
   * @param cause what the decoder said
   */
  public UnreadableRecordException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why the record cannot be read. */
  public Reason reason() {
    return reason;
  }
}
