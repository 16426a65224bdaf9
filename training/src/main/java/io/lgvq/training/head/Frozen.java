package io.lgvq.training.head;

import io.lgvq.training.array.Optimized;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Map;

/** Parameters that learners read and leave alone. */
public final class Frozen {

  private Frozen() {}

  /** Puts vectors among the parameters that no gradient moves. */
  public static Optimized codebook(Optimized optimized, Map<Parameter, Tensor> vectors) {
    vectors.forEach(
        (parameter, tensor) -> {
          optimized.parameters().freeze(parameter.name());
          optimized.parameters().load(Map.of(parameter.name(), tensor));
        });
    return optimized;
  }
}
