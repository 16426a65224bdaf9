package io.lgvq.app.stage;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The application cannot start; the message is one sentence for whoever started it.
 *
 * <p>It never has a cause: Quarkus prints the message alone, without a stack trace, only when this
 * is the root of what was thrown.
 */
public final class StartException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, naming the property to change
   */
  public StartException(String message) {
    super(message);
  }
}
