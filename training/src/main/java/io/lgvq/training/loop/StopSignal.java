package io.lgvq.training.loop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a training that is told to stop (SIGTERM, Ctrl-C) keep what it has learnt since its last
 * checkpoint. The JVM's end must also find nobody inside the engine, whose native parts it takes
 * apart: a step that is under way then ends in a crash.
 *
 * <p>Threading: the training's thread calls {@link #received} between steps and {@link #end} once;
 * the JVM's shutdown waits for that on a thread of its own. Closed by the training, if it ends.
 */
final class StopSignal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;
  private static final int TERMINATED = 143;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::awaitSaved, "training-stop");
  private volatile boolean received;

  private StopSignal() {}

  static StopSignal heed() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether the present step should be the last. */
  boolean received() {
    return received;
  }

  /** Says that the checkpoint is written. Never returns: the JVM ends, and nothing may be begun. */
  void end() {
    saved.countDown();
    while (true) {
      LockSupport.park(this);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending while the last step's files are complete: as if told between two steps.
      end();
    }
  }

  private void awaitSaved() {
    received = true;
    try {
      if (saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A step that takes so long is lost, as after kill -9: the last checkpoint stands.
    Runtime.getRuntime().halt(TERMINATED);
  }
}
