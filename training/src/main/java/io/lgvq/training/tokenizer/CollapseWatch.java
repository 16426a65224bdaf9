package io.lgvq.training.tokenizer;

import java.util.Locale;
import java.util.Optional;

/**
 * Tells early when a codebook collapses, that is, when ever fewer codes do all the work: the
 * perplexity of the batches' codes, smoothed, has fallen below half of what it was at its best, or
 * stays below a tenth of the codebook.
 *
 * <p>Threading: one thread. What it remembers is not kept over an interruption; it sees anew within
 * {@link #PATIENCE} steps.
 */
final class CollapseWatch {

  /** Steps before the first warning and between two. */
  static final int PATIENCE = 200;

  private static final double SMOOTHING = 0.95;
  private static final double FALLEN = 0.5;
  private static final double LOW = 0.1;

  private final int codes;
  private double smoothed = -1;
  private double best;
  private long seen;
  private long quietUntil = PATIENCE;

  /**
   * @param codes K
   */
  CollapseWatch(int codes) {
    this.codes = codes;
  }

  /**
   * Looks at a step.
   *
   * @param perplexity of the batch's codes, 1 .. K
   * @return a warning for people, if there is cause
   */
  Optional<String> look(long step, double perplexity) {
    smoothed = smoothed < 0 ? perplexity : SMOOTHING * smoothed + (1 - SMOOTHING) * perplexity;
    best = Math.max(best, smoothed);
    seen++;
    boolean fallen = smoothed < FALLEN * best;
    boolean low = smoothed < LOW * codes;
    if (seen < quietUntil || !(fallen || low)) {
      return Optional.empty();
    }
    quietUntil = seen + PATIENCE;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The codebook may be collapsing: at step %d its %d codes do the work of %.0f"
                + " (perplexity), at best it was %.0f. A lower learning rate, a higher commitment"
                + " or the rule 'moving' help.",
            step,
            codes,
            smoothed,
            best));
  }
}
