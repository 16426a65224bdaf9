package io.lgvq.topology.stage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A batch divided by the bundle that works on each input, so that no call mixes codebooks. */
final class ByBundle {

  private ByBundle() {}

  /**
   * One output for each input, in the order of the inputs.
   *
   * @param bundle of an input
   * @param work one call for all inputs of a bundle, in their order
   */
  static <I, B, O> List<O> run(
      List<I> inputs, Function<I, B> bundle, BiFunction<B, List<I>, List<O>> work) {
    Map<B, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      places.computeIfAbsent(bundle.apply(inputs.get(i)), b -> new ArrayList<>()).add(i);
    }
    List<O> outputs = new ArrayList<>(Collections.nCopies(inputs.size(), null));
    places.forEach(
        (each, mine) -> {
          List<O> made = work.apply(each, mine.stream().map(inputs::get).toList());
          if (made.size() != mine.size()) {
            throw new IllegalStateException(
                "the operator made %d outputs of %d inputs".formatted(made.size(), mine.size()));
          }
          for (int i = 0; i < made.size(); i++) {
            outputs.set(mine.get(i), made.get(i));
          }
        });
    return outputs;
  }
}
