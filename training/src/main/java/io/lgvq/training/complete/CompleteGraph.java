package io.lgvq.training.complete;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.export.Graph;
import io.lgvq.training.export.GraphOps;
import io.lgvq.training.export.Node;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.function.Function;

/**
 * The complete head as an ONNX file, with the signature of {@code docs/bundle.md}.
 *
 * @param size of the network
 * @param network what is exported
 * @param weights its trained values
 */
public record CompleteGraph(
    CompleteSize size, CompleteNetwork network, Function<Parameter, float[]> weights) {

  /** The graph of a network with these trained values, by name. */
  public static CompleteGraph of(
      CompleteSize size, CompleteNetwork network, Map<String, Tensor> parameters) {
    return new CompleteGraph(size, network, parameter -> parameters.get(parameter.name()).values());
  }

  /** {@code complete.onnx}. */
  public byte[] complete() {
    Graph graph = Graph.ofHalves("complete");
    GraphOps ops = new GraphOps(graph, weights);
    Node codes = graph.input("codes", DataType.INT32, -1, size.places());
    graph.output("logProbabilities", ops.logSoftmax(network.scores(ops, codes)));
    return graph.toBytes();
  }
}
