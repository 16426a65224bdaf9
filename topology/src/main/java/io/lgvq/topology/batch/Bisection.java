package io.lgvq.topology.batch;

import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs a batch; if one of its inputs is refused, halves it until the culprits stand alone, so that
 * each fails by itself.
 *
 * <p>A batch without culprits costs one call, one with a single culprit about 2 log2(size) more.
 */
final class Bisection<I, V> {

  private final Function<List<I>, List<V>> run;
  private final DeadLetterReason refusal;

  Bisection(Function<List<I>, List<V>> run, DeadLetterReason refusal) {
    this.run = run;
    this.refusal = refusal;
  }

  /** One verdict for each input, in the same order. */
  List<Verdict<V>> apply(List<I> inputs) {
    List<Verdict<V>> verdicts = new ArrayList<>(inputs.size());
    collect(inputs, verdicts);
    return verdicts;
  }

  private void collect(List<I> inputs, List<Verdict<V>> verdicts) {
    List<V> outputs;
    try {
      outputs = run.apply(inputs);
    } catch (IllegalArgumentException e) {
      if (inputs.size() == 1) {
        verdicts.add(verdict(e));
      } else {
        int half = inputs.size() / 2;
        collect(inputs.subList(0, half), verdicts);
        collect(inputs.subList(half, inputs.size()), verdicts);
      }
      return;
    }
    if (outputs.size() != inputs.size()) {
      throw new IllegalStateException(
          "the operator made %d outputs of %d inputs".formatted(outputs.size(), inputs.size()));
    }
    outputs.forEach(output -> verdicts.add(Verdict.accepted(output)));
  }

  private Verdict<V> verdict(IllegalArgumentException thrown) {
    return thrown instanceof RefusedException refused
        ? refused.verdict()
        : Verdict.rejected(refusal, thrown);
  }
}
