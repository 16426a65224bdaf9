package io.lgvq.operators.rollout;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.tokenize.Tokenized;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What differs between two bundles that tokenize the same images.
 *
 * <p>Codes of different codebooks cannot be compared; how well each codebook fits and how much of
 * it is used can. Where both bundles have the same codebook, equal codes are counted as well.
 *
 * <p>Threading: safe for any number of threads.
 */
public final class Shadow {
  private final double share;
  private double due;
  private final Tally published = new Tally();
  private final Tally beside = new Tally();
  private long batches;
  private long comparable;
  private long equal;
  private long failures;
  private Optional<String> failure = Optional.empty();

  Shadow(double share) {
    this.share = share;
  }

  /** Whether the next batch is one of the share; evenly spread, not drawn. */
  synchronized boolean next() {
    due += share;
    if (due < 1) {
      return false;
    }
    due -= 1;
    return true;
  }

  /**
   * One batch, tokenized by both.
   *
   * @param ours of the published bundle
   * @param ourTime that it took
   * @param theirs of the bundle beside, in the same order
   * @param theirTime that it took
   */
  public synchronized void compare(
      List<Tokenized> ours, Duration ourTime, List<Tokenized> theirs, Duration theirTime) {
    batches++;
    published.add(ours, ourTime);
    beside.add(theirs, theirTime);
    for (int i = 0; i < ours.size(); i++) {
      count(ours.get(i).grid(), theirs.get(i).grid());
    }
  }

  /** The bundle beside failed on a batch, which the published one tokenized. */
  public synchronized void failed(RuntimeException thrown) {
    failures++;
    failure = Optional.of(String.valueOf(thrown.getMessage()));
  }

  /** All that was measured so far. */
  public synchronized ShadowReport report() {
    OptionalDouble equalCodes =
        comparable == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) equal / comparable);
    return new ShadowReport(
        batches, published.side(), beside.side(), equalCodes, failures, failure);
  }

  private void count(TokenGrid ours, TokenGrid theirs) {
    if (!ours.codebook().digest().equals(theirs.codebook().digest())
        || ours.codes().length != theirs.codes().length) {
      return;
    }
    comparable += ours.codes().length;
    for (int i = 0; i < ours.codes().length; i++) {
      equal += ours.codes()[i] == theirs.codes()[i] ? 1 : 0;
    }
  }
}
