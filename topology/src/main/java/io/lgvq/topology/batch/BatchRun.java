package io.lgvq.topology.batch;

import io.lgvq.operators.OperatorException;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.deadletter.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Calls of a job: an engine that fails is tried again, a batch with refused inputs is halved until
 * they stand alone.
 *
 * <p>Threading: as safe as its job.
 *
 * @param <I> what is read from a record
 * @param <V> the value of its output
 */
public final class BatchRun<I, V> {

  private final BatchJob<I, V> job;
  private final Retry retry;

  /**
   * @param before hears of each failure after which a call is tried again: how many there were, and
   *     the last
   */
  public BatchRun(
      BatchJob<I, V> job, RetrySettings settings, BiConsumer<Integer, OperatorException> before) {
    this.job = job;
    this.retry = new Retry(settings, before);
  }

  /** Reads one record. */
  public Verdict<I> read(Arrival arrival) {
    return retry.call(() -> job.read(arrival));
  }

  /** One verdict for each input, in the same order. */
  public List<Verdict<V>> run(List<I> inputs, Instant now) {
    return new Bisection<I, V>(part -> retry.call(() -> job.run(part, now)), job.refusal())
        .apply(inputs);
  }
}
