package io.lgvq.topology.rig;

import io.lgvq.operators.Operator;
import io.lgvq.operators.OperatorException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An operator without a model: a pure function, which remembers its batches, refuses what it is
 * told to refuse and fails as often as it is told to fail.
 */
public class PureOperator<I, O> implements Operator<I, O> {

  private final Function<I, O> function;
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Predicate<I> refused = input -> false;

  /** An operator of a function. */
  public PureOperator(Function<I, O> function) {
    this.function = function;
  }

  /** Throws for batches with such an input from now on. */
  public void refuse(Predicate<I> inputs) {
    refused = inputs;
  }

  /** Throws at the next calls, whatever the inputs. */
  public void fail(int times) {
    failures.set(times);
  }

  /** Sizes of the batches that came, in order, those that failed included. */
  public List<Integer> batches() {
    return batches;
  }

  @Override
  public List<O> apply(List<I> batch) {
    batches.add(batch.size());
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OperatorException("the engine is out of order", new IllegalStateException("test"));
    }
    if (batch.stream().anyMatch(refused)) {
      throw new IllegalArgumentException("an input of the batch is not acceptable");
    }
    return batch.stream().map(function).toList();
  }

  @Override
  public void close() {}
}
