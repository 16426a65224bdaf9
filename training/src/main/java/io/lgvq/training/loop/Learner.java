package io.lgvq.training.loop;

import io.lgvq.training.weights.Tensor;
import java.util.Map;

/**
 * Something that {@link TrainingLoop} trains. What it does in a step is a function of its state and
 * the step's number alone (data and randomness come from the number), so a run that was interrupted
 * goes on as if it had not been.
 *
 * <p>Threading: used by one thread.
 */
public interface Learner extends AutoCloseable {

  /** Short name for the progress bar and file names, for instance {@code tokenizer}. */
  String name();

  /**
   * Everything that decides the course of the run, as text; a checkpoint with another one is not
   * resumed.
   */
  String configuration();

  /** Images a step, for the speed that is shown. */
  int batch();

  /**
   * Learns once.
   *
   * @param step from 0
   * @return losses and whatever else is worth a curve, by name; the same names every step, in the
   *     order in which they are to be shown
   */
  Map<String, Float> step(long step);

  /** Everything that the next step depends on. */
  Map<String, Tensor> state();

  /** Takes over what {@link #state()} gave. */
  void restore(Map<String, Tensor> state);

  @Override
  void close();
}
