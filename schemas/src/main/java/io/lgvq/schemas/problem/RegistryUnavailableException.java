package io.lgvq.schemas.problem;

/**
 * No registry URL gave a usable answer within the configured attempts. The record at hand is not to
 * blame: whoever catches this must not drop it.
 */
public final class RegistryUnavailableException extends SchemaException {

  /**
   * An unreachable registry.
   *
   * @param message one sentence for a human that names the URLs, without credentials
   */
  public RegistryUnavailableException(String message) {
    super(message);
  }

  /**
   * An unreachable registry.
   *
   * @param message one sentence for a human that names the URLs, without credentials
   * @param cause the last failure
   */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
