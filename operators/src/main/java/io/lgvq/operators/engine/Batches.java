package io.lgvq.operators.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts batches to the size that the engine does best. */
public final class Batches {

  private Batches() {}

  /**
   * Applies a function to consecutive parts of a batch and joins what it gives.
   *
   * @param most largest part
   */
  public static <I, O> List<O> split(List<I> batch, int most, Function<List<I>, List<O>> function) {
    if (batch.size() <= most) {
      return batch.isEmpty() ? List.of() : function.apply(batch);
    }
    List<O> results = new ArrayList<>(batch.size());
    for (int from = 0; from < batch.size(); from += most) {
      results.addAll(function.apply(batch.subList(from, Math.min(batch.size(), from + most))));
    }
    return results;
  }
}
