package io.lgvq.training.paint;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.export.Graph;
import io.lgvq.training.export.GraphOps;
import io.lgvq.training.export.Node;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.function.Function;

/**
 * The paint head as ONNX files, with the signatures of {@code docs/bundle.md}.
 *
 * @param size of the network
 * @param network what is exported
 * @param weights its trained values
 */
public record PaintGraphs(
    PaintSize size, PaintNetwork network, Function<Parameter, float[]> weights) {

  /** The graphs of a network with these trained values, by name. */
  public static PaintGraphs of(
      PaintSize size, PaintNetwork network, Map<String, Tensor> parameters) {
    return new PaintGraphs(size, network, parameter -> parameters.get(parameter.name()).values());
  }

  /** {@code paint-memory.onnx}. */
  public byte[] memory() {
    Graph graph = Graph.ofHalves("paint-memory");
    Node words = graph.input("words", DataType.INT32, -1, size.textLength());
    graph.output("memory", network.memory(new GraphOps(graph, weights), words));
    return graph.toBytes();
  }

  /** {@code paint-step.onnx}. */
  public byte[] step() {
    Graph graph = Graph.ofHalves("paint-step");
    Node memory = graph.input("memory", DataType.FLOAT, -1, size.length(), size.remembered());
    Node words = graph.input("words", DataType.INT32, -1, size.textLength());
    Node codes = graph.input("codes", DataType.INT32, -1, size.places());
    Node position = graph.input("position", DataType.INT32, -1);
    PaintNetwork.Step<Node> step =
        network.step(new GraphOps(graph, weights), memory, words, codes, position);
    graph.output("logProbabilities", step.logProbabilities());
    graph.output("entry", step.entry());
    return graph.toBytes();
  }
}
