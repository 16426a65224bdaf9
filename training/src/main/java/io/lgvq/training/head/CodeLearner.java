package io.lgvq.training.head;

import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.loop.Learner;
import io.lgvq.training.loop.Schedule;
import io.lgvq.training.weights.Tensor;
import java.util.Map;

/**
 * What all that learn from frozen codes have in common: parameters with their optimizer, a rate
 * that rises and falls, and a state that consists of the two. A subclass says what is learnt in a
 * step.
 *
 * <p>Threading: one thread. Owns its parameters until {@link #close()}.
 */
public abstract class CodeLearner implements Learner {

  private static final AdamW.Settings ADAM = new AdamW.Settings(0.9f, 0.98f, 0.01f, 1);
  private static final float LAST_RATE = 0.02f;

  private final Course course;
  private final Schedule schedule;
  private final Optimized optimized;

  /**
   * The course of a training.
   *
   * @param name see {@link Learner#name()}
   * @param configuration see {@link Learner#configuration()}
   * @param batch images a step
   * @param learningRate at its highest
   * @param warmUp steps until then
   * @param steps of training in all
   * @param seed of first values and of all draws
   */
  public record Course(
      String name,
      String configuration,
      int batch,
      float learningRate,
      long warmUp,
      long steps,
      long seed) {}

  protected CodeLearner(Course course) {
    this.course = course;
    schedule = new Schedule(course.learningRate(), course.warmUp(), course.steps(), LAST_RATE);
    optimized = new Optimized(course.seed(), ADAM);
  }

  @Override
  public final String name() {
    return course.name();
  }

  @Override
  public final String configuration() {
    return course.configuration();
  }

  @Override
  public final int batch() {
    return course.batch();
  }

  /** Seed of first values and of all draws. */
  protected final long seed() {
    return course.seed();
  }

  /** The parameters with their optimizer. */
  protected final Optimized optimized() {
    return optimized;
  }

  /**
   * Moves the parameters by the gradients that were added up.
   *
   * @return norm of the gradient
   */
  protected final float move(long step) {
    return optimized.step(schedule.at(step));
  }

  /** The trained parameters, by name. */
  public final Map<String, Tensor> parameters() {
    return optimized.parameters().tensors();
  }

  @Override
  public final Map<String, Tensor> state() {
    return optimized.state();
  }

  @Override
  public final void restore(Map<String, Tensor> state) {
    optimized.restore(state);
  }

  @Override
  public void close() {
    optimized.close();
  }
}
