package io.lgvq.training.tokenizer;

import java.util.Locale;
import java.util.Optional;

/**
 * Tells early when a codebook collapses, that is, when ever fewer codes do all the work: the
 * perplexity of the batches' codes, smoothed, stays below half of what it was at its best, or below
 * a tenth of the codebook.
 *
 * <p>Random features spread over many codes; when learning sets in they draw together, and the
 * perplexity of a healthy run falls to a quarter within some dozens of steps before it rises again.
 * So a fall is measured from the best after the learning rate's warm-up only, and has to last.
 *
 * <p>Threading: one thread. What it remembers is not kept over an interruption; it sees anew within
 * {@link #PATIENCE} steps.
 */
final class CollapseWatch {

  /** Steps before the first warning and between two. */
  static final int PATIENCE = 200;

  /** Steps in a row that a low perplexity lasts before it is taken for more than a dip. */
  static final int LASTING = 100;

  private static final double SMOOTHING = 0.95;
  private static final double FALLEN = 0.5;
  private static final double LOW = 0.1;

  private final int codes;
  private final String advice;
  private final long settled;
  private double smoothed = -1;
  private double best;
  private long seen;
  private long troubled;
  private long quietUntil = PATIENCE;

  /**
   * @param codes K
   * @param warmUp steps in which the learning rate rises
   * @param advice what helps, as a sentence
   */
  CollapseWatch(int codes, long warmUp, String advice) {
    this.codes = codes;
    this.advice = advice;
    this.settled = warmUp + PATIENCE;
  }

  /**
   * Looks at a step.
   *
   * @param perplexity of the batch's codes, 1 .. K
   * @return a warning for people, if there is cause
   */
  Optional<String> look(long step, double perplexity) {
    smoothed = smoothed < 0 ? perplexity : SMOOTHING * smoothed + (1 - SMOOTHING) * perplexity;
    seen++;
    best = seen <= settled ? smoothed : Math.max(best, smoothed);
    boolean trouble = smoothed < FALLEN * best || smoothed < LOW * codes;
    troubled = trouble ? troubled + 1 : 0;
    if (seen < quietUntil || troubled < LASTING) {
      return Optional.empty();
    }
    quietUntil = seen + PATIENCE;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The codebook may be collapsing: at step %d its %d codes do the work of %.0f"
                + " (perplexity); the best since learning set in was %.0f. %s",
            step,
            codes,
            smoothed,
            best,
            advice));
  }
}
