package io.lgvq.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.tokenizer.Decoder;
import io.lgvq.training.tokenizer.Encoder;
import io.lgvq.training.tokenizer.TokenizerShape;
import java.util.function.Function;

/**
 * The tokenizer as ONNX files, with the signatures of {@code docs/bundle.md}.
 *
 * @param shape of the networks
 * @param weights their trained values
 */
public record TokenizerGraphs(TokenizerShape shape, Function<Parameter, float[]> weights) {

  /** {@code encoder.onnx}. */
  public byte[] encoder() {
    Graph graph = new Graph("encoder");
    GraphOps ops = new GraphOps(graph, weights);
    Node pixels =
        graph.input("pixels", DataType.FLOAT, -1, 3, shape.imageSize(), shape.imageSize());
    Parameter codebook = CodebookParameter.of(shape);
    Node features = new Encoder(shape).apply(ops, pixels);
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
    Node codes = graph.input("codes", DataType.INT32, -1, shape.length());
    Node vectors = ops.embed(codes, CodebookParameter.of(shape));
    graph.output("pixels", new Decoder(shape).apply(ops, vectors));
    return graph.toBytes();
  }
}
