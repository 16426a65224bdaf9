package io.lgvq.topology.batch;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * What a stage does with its records: reads each as it arrives, then works on many at once.
 *
 * <p>Threading: one job is shared by all stream threads.
 *
 * @param <I> what is read from a record
 * @param <V> the value of its output
 */
public interface BatchJob<I, V> {

  /**
   * Reads one record; the same record always reads the same, for one that was pending when the
   * stage stopped is read again when it starts.
   *
   * @throws io.lgvq.operators.OperatorException if the machine failed; it is tried again
   * @throws RuntimeException if another failure is not the record's fault, for instance of the
   *     registry, whose client has tried again already
   */
  Verdict<I> read(Arrival arrival);

  /**
   * One output for each input, in the same order.
   *
   * @param inputs one or more, at most {@code max-batch}
   * @param now the time of the outputs
   * @throws IllegalArgumentException if one of the inputs is not acceptable
   * @throws io.lgvq.operators.OperatorException if the engine failed
   */
  List<V> run(List<I> inputs, Instant now);

  /** The reason of the dead letter that a record becomes whose input {@link #run} refuses. */
  DeadLetterReason refusal();
}
