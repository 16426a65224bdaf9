package io.lgvq.schemas.problem;

/** A property of the registry client or of a serde is missing or wrong. */
public final class SchemaConfigurationException extends SchemaException {

  /**
   * A wrong property.
   *
   * @param message one sentence for a human that names the property, never a secret's value
   */
  public SchemaConfigurationException(String message) {
    super(message);
  }

  /**
   * A wrong property.
   *
   * @param message one sentence for a human that names the property, never a secret's value
   * @param cause why it is wrong
   */
  public SchemaConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
