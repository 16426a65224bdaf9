package io.lgvq.schemas.problem;

/** The registry refused our credentials (HTTP 401) or what they may do (HTTP 403). */
public final class RegistryAccessException extends SchemaException {

  /**
   * A refused access.
   *
   * @param message one sentence for a human that names the properties to check, never their values
   */
  public RegistryAccessException(String message) {
    super(message);
  }
}
