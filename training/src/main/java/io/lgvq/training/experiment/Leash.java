package io.lgvq.training.experiment;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends a training with the process that started it, however that one ended: its standard input is a
 * pipe from there, which the system closes. A shutdown hook alone would leave trainings behind a
 * process that was killed.
 *
 * <p>Threading: a daemon thread waits.
 */
public final class Leash {

  /** System property of a process that is to end so. */
  static final String PROPERTY = "lgvq.leash";

  private static final int KILLED = 137;

  private Leash() {}

  /** Begins to watch, if this process was started so. */
  public static void heed() {
    if (Boolean.getBoolean(PROPERTY)) {
      Thread thread = new Thread(Leash::await, "leash");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void await() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The pipe is broken, which says the same as its end.
    }
    // At once: a training goes on from its checkpoint, whenever it is stopped.
    Runtime.getRuntime().halt(KILLED);
  }
}
