package io.lgvq.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jboss.logging.Logger;

/**
 * Where the application starts: Quarkus, and a plain sentence instead of a stack trace where the
 * start fails for a reason that whoever started it can remove.
 */
@QuarkusMain
public final class Main {
  private static final Logger LOG = Logger.getLogger(Main.class);

  private Main() {}

  /** Runs the application until it is told to stop. */
  public static void main(String[] arguments) {
    Quarkus.run(null, Main::ended, arguments);
  }

  private static void ended(Integer exitCode, Throwable failure) {
    if (failure != null) {
      StartProblem.sentences(failure)
          .ifPresentOrElse(
              sentences -> sentences.forEach(System.err::println),
              () -> LOG.error("The application could not start", failure));
    }
    System.exit(exitCode);
  }
}
