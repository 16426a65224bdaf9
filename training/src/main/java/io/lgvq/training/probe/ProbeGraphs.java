package io.lgvq.training.probe;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.export.Graph;
import io.lgvq.training.export.GraphOps;
import io.lgvq.training.export.Node;
import io.lgvq.training.network.Parameter;
import java.util.Map;
import java.util.function.Function;

/**
 * A probe as ONNX files, with the signatures of {@code docs/bundle.md}.
 *
 * @param probe what is exported
 * @param weights its trained values
 */
record ProbeGraphs(Probe probe, Function<Parameter, float[]> weights) {

  /** All of them, as a bundle names them. */
  Map<io.lgvq.operators.bundle.Graph, byte[]> all() {
    return Map.of(
        io.lgvq.operators.bundle.Graph.MATCH,
        match(),
        io.lgvq.operators.bundle.Graph.MASKED_WORD,
        maskedWord(),
        io.lgvq.operators.bundle.Graph.RELATION,
        relation());
  }

  /** {@code match.onnx}. */
  byte[] match() {
    Graph graph = Graph.ofHalves("match");
    GraphOps ops = new GraphOps(graph, weights);
    graph.output("image", seen(graph, ops).whole());
    return graph.toBytes();
  }

  /** {@code masked-word.onnx}. */
  byte[] maskedWord() {
    Graph graph = Graph.ofHalves("masked-word");
    GraphOps ops = new GraphOps(graph, weights);
    int length = probe.networks().settings().captionLength();
    Seen<Node> seen = seen(graph, ops);
    Node words = graph.input("words", DataType.INT32, -1, length);
    Node hidden = graph.input("hidden", DataType.FLOAT, -1, length);
    Node position = graph.input("position", DataType.INT32, -1);
    Node scores = probe.networks().wordAt(ops, seen, words, hidden, position);
    graph.output("logProbabilities", ops.logSoftmax(scores));
    return graph.toBytes();
  }

  /** {@code relation.onnx}. */
  byte[] relation() {
    Graph graph = Graph.ofHalves("relation");
    GraphOps ops = new GraphOps(graph, weights);
    Node vectors = probe.vectors(ops, codes(graph));
    Seen<Node> seen = probe.networks().see(ops, vectors);
    graph.output("tokens", probe.networks().tokens(ops, seen));
    graph.output("vectors", probe.networks().project(ops, vectors));
    return graph.toBytes();
  }

  private Seen<Node> seen(Graph graph, GraphOps ops) {
    return probe.networks().see(ops, probe.vectors(ops, codes(graph)));
  }

  private Node codes(Graph graph) {
    return graph.input("codes", DataType.INT32, -1, probe.networks().places());
  }
}
