package io.lgvq.topology.batch;

import io.lgvq.operators.OperatorException;
import io.lgvq.topology.config.RetrySettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * Tries an engine again that failed, for a while; then the failure goes up and stops the stage.
 *
 * <p>Waits on the calling thread: a stage that went on reading meanwhile would only pile up work.
 * Says in the log what the engine threw, which is of the machine and not of the records.
 */
final class Retry {

  private static final Logger LOG = System.getLogger(Retry.class.getName());

  private final RetrySettings settings;
  private final BiConsumer<Integer, OperatorException> before;

  /**
   * @param before hears of each failure after which the call is tried again: how many there were,
   *     and the last
   */
  Retry(RetrySettings settings, BiConsumer<Integer, OperatorException> before) {
    this.settings = settings;
    this.before = before;
  }

  /** The result of the first call that does not fail. */
  <T> T call(Supplier<T> work) {
    Duration wait = settings.backOff();
    for (int failed = 1; ; failed++) {
      try {
        return work.get();
      } catch (OperatorException e) {
        if (failed == settings.attempts()) {
          throw new StreamsException(
              "the engine failed %d times; the stage stops, its records stay pending"
                  .formatted(failed),
              e);
        }
        LOG.log(
            Level.WARNING,
            "The engine failed, call {0} of {1}, and is called again in {2} ms: {3}",
            failed,
            settings.attempts(),
            wait.toMillis(),
            causes(e));
        before.accept(failed, e);
        pause(wait, e);
        wait = wait.multipliedBy(2);
      }
    }
  }

  /** All causes in one line, without their stack traces: a failing engine may fail often. */
  private static String causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::toString)
        .map(said -> said.replaceAll("\\s+", " "))
        .collect(Collectors.joining("; caused by "));
  }

  private static void pause(Duration wait, OperatorException failure) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
