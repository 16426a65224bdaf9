package io.lgvq.operators.bundle;

/** A bundle that cannot be used; the message is one sentence that says what is wrong with it. */
public final class BundleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message one sentence for whoever made or placed the bundle
   */
  public BundleException(String message) {
    super(message);
  }

  /**
   * @param message one sentence for whoever made or placed the bundle
   * @param cause what the file system said
   */
  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
