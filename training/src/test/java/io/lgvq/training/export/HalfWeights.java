package io.lgvq.training.export;

import ai.djl.util.Float16Utils;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Weights that 16 bits hold, so that a network and its file ({@link Graph#ofHalves}) can be
 * compared as closely as if nothing had been rounded.
 */
public final class HalfWeights {

  private HalfWeights() {}

  /**
   * Rounds what a file would round of all parameters in use; to be called when the network has been
   * worked out once.
   */
  public static Function<Parameter, float[]> round(ParameterStore store) {
    Map<String, Tensor> rounded = new TreeMap<>();
    store
        .tensors()
        .forEach(
            (name, tensor) ->
                rounded.put(name, new Tensor(tensor.shape(), rounded(tensor.values()))));
    store.load(rounded);
    return parameter -> store.array(parameter).toFloatArray();
  }

  private static float[] rounded(float[] values) {
    if (values.length < Graph.LEAST_OF_HALVES) {
      return values;
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Float16Utils.halfToFloat(Float16Utils.floatToHalf(values[i]));
    }
    return rounded;
  }
}
