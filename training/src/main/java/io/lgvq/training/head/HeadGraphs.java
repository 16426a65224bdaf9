package io.lgvq.training.head;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.export.Graph;
import io.lgvq.training.export.GraphOps;
import io.lgvq.training.export.Node;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.function.Function;

/**
 * The heads as ONNX files, with the signatures of {@code docs/bundle.md}.
 *
 * @param size of the networks
 * @param networks what is exported
 * @param weights their trained values
 */
public record HeadGraphs(
    HeadSize size, HeadNetworks networks, Function<Parameter, float[]> weights) {

  /** The graphs of networks with these trained values, by name. */
  public static HeadGraphs of(
      HeadSize size, HeadNetworks networks, Map<String, Tensor> parameters) {
    return new HeadGraphs(size, networks, parameter -> parameters.get(parameter.name()).values());
  }

  /** {@code caption-memory.onnx}. */
  public byte[] captionMemory() {
    Graph graph = Graph.ofHalves("caption-memory");
    graph.output("memory", networks.caption().memory(ops(graph), codes(graph)));
    return graph.toBytes();
  }

  /** {@code caption-step.onnx}. */
  public byte[] captionStep() {
    Graph graph = Graph.ofHalves("caption-step");
    Node memory = graph.input("memory", DataType.FLOAT, -1, size.memory(), size.width());
    Node words = graph.input("words", DataType.INT32, -1, size.captionLength());
    Node position = graph.input("position", DataType.INT32, -1);
    graph.output("logProbabilities", networks.caption().step(ops(graph), memory, words, position));
    return graph.toBytes();
  }

  /**
   * {@code answer.onnx}.
   *
   * @param temperature of the probabilities
   */
  public byte[] answer(float temperature) {
    Graph graph = Graph.ofHalves("answer");
    Node codes = codes(graph);
    Node question = graph.input("question", DataType.INT32, -1, size.questionLength());
    graph.output(
        "probabilities", networks.answer().probabilities(ops(graph), codes, question, temperature));
    return graph.toBytes();
  }

  private Node codes(Graph graph) {
    return graph.input("codes", DataType.INT32, -1, size.places());
  }

  private GraphOps ops(Graph graph) {
    return new GraphOps(graph, weights);
  }
}
