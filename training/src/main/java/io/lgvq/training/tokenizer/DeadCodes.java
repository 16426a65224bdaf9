package io.lgvq.training.tokenizer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells when a good part of the codebook is dead, that is, has not been anybody's code for many
 * batches. The perplexity need not show it: half of the codes can do the work evenly.
 *
 * <p>Threading: one thread. What it remembers is not kept over an interruption; it sees anew within
 * {@link #UNUSED} steps.
 */
final class DeadCodes {

  /** Steps after which a code that nobody had is dead; also the steps between two warnings. */
  static final int UNUSED = 200;

  private static final double MANY = 0.25;

  private final String advice;

  /** The step in which each code occurred last, counted from this object's first one. */
  private final long[] last;

  private long seen;
  private long quietUntil;

  /**
   * @param codes K
   * @param advice what helps, as a sentence
   */
  DeadCodes(int codes, String advice) {
    this.last = new long[codes];
    this.advice = advice;
  }

  /**
   * Looks at a step.
   *
   * @param assigned the codes of its batch
   * @return a warning for people, if there is cause
   */
  Optional<String> look(long step, long[] assigned) {
    seen++;
    for (long code : assigned) {
      last[(int) code] = seen;
    }
    long dead = Arrays.stream(last).filter(use -> seen - use >= UNUSED).count();
    if (seen < quietUntil || dead < MANY * last.length) {
      return Optional.empty();
    }
    quietUntil = seen + UNUSED;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of the codebook's %d codes are dead: at step %d nothing has been encoded by them for"
                + " %d steps. %s",
            dead,
            last.length,
            step,
            UNUSED,
            advice));
  }
}
