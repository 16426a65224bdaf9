package io.lgvq.operators;

import java.util.List;

/**
 * A pure function from a batch of inputs to a batch of outputs: the one seam between streams and
 * models.
 *
 * <p>Threading: every operator may be called by several threads at once. Ownership: whoever opened
 * the operator closes it, after the last call has returned.
 *
 * @param <I> one input
 * @param <O> one output
 */
public interface Operator<I, O> extends AutoCloseable {

  /**
   * Computes one output for each input, in the same order; an output never depends on the rest of
   * its batch.
   *
   * @param batch one input or more
   * @return as many outputs as inputs
   * @throws OperatorException if the engine failed; the inputs are not to blame and may be tried
   *     again
   * @throws IllegalArgumentException if an input is not one that this operator accepts; callers
   *     check first
   */
  List<O> apply(List<I> batch);

  /** Releases the model. Calling it twice does nothing more. */
  @Override
  void close();
}
