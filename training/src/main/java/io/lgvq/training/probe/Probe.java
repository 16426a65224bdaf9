package io.lgvq.training.probe;

import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Map;

/**
 * The language modules over the vectors of a finished codebook. Immutable.
 *
 * @param networks the modules
 * @param codebook the tokenizer's vectors [K, d], which stay as they are
 * @param vectors their values
 * @param scale brings the vectors to about unit variance
 */
record Probe(LanguageNetworks networks, Parameter codebook, Tensor vectors, float scale) {

  /** Puts what is frozen among the parameters; to be called before their first use. */
  void prepare(ParameterStore parameters) {
    parameters.freeze(codebook.name());
    parameters.load(Map.of(codebook.name(), vectors));
    networks.prepare(parameters);
  }

  /** Integer codes [B, n] to vectors [B, n, d]. */
  <T> T vectors(Ops<T> ops, T codes) {
    return ops.scale(ops.embed(codes, codebook), scale);
  }
}
