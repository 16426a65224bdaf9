package io.lgvq.topology.deadletter;

import java.util.Optional;
import java.util.function.Function;

/**
 * What became of reading something that a stranger sent: a value, or a reason why there is none.
 *
 * @param <T> what was read
 */
public sealed interface Verdict<T> {

  /**
   * It could be read.
   *
   * @param value what was read
   */
  record Accepted<T>(T value) implements Verdict<T> {}

  /**
   * It could not be read, and never will be.
   *
   * @param reason one of the documented reasons
   * @param detail a sentence for people, without any of the record's content
   * @param cause what was thrown, if anything
   */
  record Rejected<T>(DeadLetterReason reason, String detail, Optional<Throwable> cause)
      implements Verdict<T> {

    /** The same rejection where something else was to be read. */
    <R> Rejected<R> elsewhere() {
      return new Rejected<>(reason, detail, cause);
    }
  }

  /** A value that could be read. */
  static <T> Verdict<T> accepted(T value) {
    return new Accepted<>(value);
  }

  /** A rejection by a rule of ours. */
  static <T> Verdict<T> rejected(DeadLetterReason reason, String detail) {
    return new Rejected<>(reason, detail, Optional.empty());
  }

  /** A rejection because something was thrown, whose message is the detail. */
  static <T> Verdict<T> rejected(DeadLetterReason reason, Throwable cause) {
    return new Rejected<>(reason, String.valueOf(cause.getMessage()), Optional.of(cause));
  }

  /** Reads on, if there is a value. */
  default <R> Verdict<R> then(Function<T, Verdict<R>> next) {
    if (this instanceof Accepted<T> accepted) {
      return next.apply(accepted.value());
    }
    return ((Rejected<T>) this).elsewhere();
  }
}
