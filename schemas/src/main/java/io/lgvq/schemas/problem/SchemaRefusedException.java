package io.lgvq.schemas.problem;

/** The registry answered, and the answer about a schema was no. Trying again changes nothing. */
public final class SchemaRefusedException extends SchemaException {

  /** Why the schema was refused. */
  public enum Reason {
    /**
     * It breaks the subject's compatibility rule (HTTP 409), or the latest version cannot take it.
     */
    INCOMPATIBLE,
    /** The registry does not accept it as a schema, or not this subject (HTTP 400, 422). */
    INVALID,
    /** It is not registered under the subject, and automatic registration is off. */
    NOT_REGISTERED
  }

  private final Reason reason;

  /**
   * A refused schema.
   *
   * @param reason why
   * @param message one sentence for a human that names the subject
   */
  public SchemaRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why the schema was refused. */
  public Reason reason() {
    return reason;
  }
}
