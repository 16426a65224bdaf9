package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * What a process costs while nothing comes.
 *
 * @param share of one core, 1 for all of it
 * @param over how long it was watched
 */
record Idle(double share, Duration over) {
  private static final Duration SETTLE = Duration.ofSeconds(5);

  /**
   * Watches a process whose work is done; empty where the system does not tell.
   *
   * @param over how long
   */
  static Optional<Idle> watch(long pid, Duration over) {
    pause(SETTLE);
    Optional<Duration> before = processorTime(pid);
    long start = System.nanoTime();
    pause(over);
    double wall = System.nanoTime() - start;
    return before.flatMap(
        from -> processorTime(pid).map(to -> new Idle(to.minus(from).toNanos() / wall, over)));
  }

  private static Optional<Duration> processorTime(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while the idle application was watched.", e);
    }
  }
}
