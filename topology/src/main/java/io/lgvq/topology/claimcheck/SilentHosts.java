package io.lgvq.topology.claimcheck;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Which hosts are not worth a request for the moment: whoever waits for a silent host waits on the
 * stream thread, and all its partitions with it.
 *
 * <p>A host that gave no answer, after all attempts, is left alone for {@link #FIRST_PAUSE}; so is
 * one that answered three references in a row with an error of its own, for that may be the fault
 * of one object. Then one reference tries it, with a single attempt, while those of others are
 * still refused. Each attempt in vain doubles the pause, up to {@link #LONGEST_PAUSE}; an answer
 * ends it.
 *
 * <p>Remembers the hosts in trouble and no others, which are allow-listed all, so they are few.
 *
 * <p>Threading: safe for use by several threads, never blocks.
 */
final class SilentHosts {

  static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_ERRORS = 3;

  private static final Logger LOG = System.getLogger(SilentHosts.class.getName());

  private final Map<String, Trouble> troubled = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * @param errors references in a row that it answered with an error
   * @param pause how long it is left alone; zero as long as it is asked
   * @param until when the next attempt may be made
   * @param tried whether one is being made, so that its failure counts; others began before the
   *     pause
   */
  private record Trouble(int errors, Duration pause, long until, boolean tried) {}

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  SilentHosts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * How often a host may be asked for one reference now.
   *
   * @param host name and port
   * @param attempts as often as a host without trouble
   * @return that, or 1 to try a host after its pause, or 0
   */
  int attempts(String host, int attempts) {
    if (!troubled.containsKey(host)) {
      return attempts;
    }
    var allowed = new AtomicInteger(attempts);
    troubled.computeIfPresent(
        host,
        (name, trouble) -> {
          if (trouble.pause().isZero()) {
            return trouble;
          }
          long now = nanos.getAsLong();
          if (now - trouble.until() < 0) {
            allowed.set(0);
            return trouble;
          }
          allowed.set(1);
          return new Trouble(
              trouble.errors(), trouble.pause(), now + trouble.pause().toNanos(), true);
        });
    return allowed.get();
  }

  /** A host answered, if only to say that it has no such object. */
  void answered(String host) {
    Trouble trouble = troubled.remove(host);
    if (trouble != null && !trouble.pause().isZero()) {
      LOG.log(Level.INFO, "The host {0} answers again; its image references are fetched", host);
    }
  }

  /** All attempts at one reference were in vain, the last for want of an answer. */
  void silent(String host) {
    troubled.compute(host, (name, trouble) -> paused(name, trouble, 0));
  }

  /** All attempts at one reference were in vain, the last for an error of the host's. */
  void erred(String host) {
    troubled.compute(
        host,
        (name, trouble) -> {
          int errors = trouble == null ? 1 : trouble.errors() + 1;
          return errors < MOST_ERRORS
              ? new Trouble(errors, Duration.ZERO, 0, false)
              : paused(name, trouble, errors);
        });
  }

  private Trouble paused(String host, Trouble before, int errors) {
    long now = nanos.getAsLong();
    Duration pause = FIRST_PAUSE;
    if (before != null && !before.pause().isZero()) {
      if (!before.tried()) {
        return before;
      }
      Duration twice = before.pause().multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
    LOG.log(
        Level.WARNING,
        "The host {0} does not answer; its image references become dead letters for {1} s",
        host,
        pause.toSeconds());
    return new Trouble(errors, pause, now + pause.toNanos(), false);
  }
}
