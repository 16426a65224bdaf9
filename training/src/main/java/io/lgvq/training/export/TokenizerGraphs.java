package io.lgvq.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.LgvqNetwork;
import io.lgvq.training.tokenizer.TokenizerNetwork;
import io.lgvq.training.tokenizer.TokenizerShape;
import java.util.function.Function;

/**
 * The tokenizer as ONNX files, with the signatures of {@code docs/bundle.md}.
 *
 * @param network what is exported
 * @param weights its trained values
 */
public record TokenizerGraphs(TokenizerNetwork network, Function<Parameter, float[]> weights) {

  /** The graphs of the networks that are trained here. */
  public TokenizerGraphs(TokenizerShape shape, Function<Parameter, float[]> weights) {
    this(LgvqNetwork.of(shape), weights);
  }

  /** {@code encoder.onnx}. */
  public byte[] encoder() {
    Graph graph = new Graph("encoder");
    GraphOps ops = new GraphOps(graph, weights);
    int side = network.imageSize();
    Node pixels = graph.input("pixels", DataType.FLOAT, -1, 3, side, side);
    Parameter codebook = network.codebook();
    Node features = network.encode(ops, pixels);
    Node codes = ops.nearestCode(features, codebook);
    Node difference = ops.add(features, ops.scale(ops.embed(codes, codebook), -1));
    graph.output("codes", codes);
    graph.output("error", ops.meanSquare(difference));
    return graph.toBytes();
  }

  /** {@code decoder.onnx}. */
  public byte[] decoder() {
    Graph graph = new Graph("decoder");
    GraphOps ops = new GraphOps(graph, weights);
    int length = network.grid() * network.grid();
    Node codes = graph.input("codes", DataType.INT32, -1, length);
    Node vectors = ops.embed(codes, network.codebook());
    graph.output("pixels", network.decode(ops, vectors));
    return graph.toBytes();
  }
}
