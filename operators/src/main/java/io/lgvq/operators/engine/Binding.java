package io.lgvq.operators.engine;

import java.util.List;

/**
 * How an operator's batches become a graph's inputs, and its outputs results. The one thing an
 * operator writes to be run by a {@link Network}.
 *
 * <p>Threading: called by several threads at once, each with buffers of its own.
 *
 * @param <I> a batch
 * @param <O> what comes of it
 */
public interface Binding<I, O> {

  /** All inputs of the graph. */
  List<Port> inputs();

  /** Rows of a batch, 1 or more. */
  int rows(I batch);

  /**
   * Writes a batch.
   *
   * @param inputs buffers at their beginning, each with room for the batch's rows; fill them
   */
  void write(I batch, Inputs inputs);

  /**
   * Reads results.
   *
   * @param outputs valid until this returns
   */
  O read(I batch, Outputs outputs);
}
