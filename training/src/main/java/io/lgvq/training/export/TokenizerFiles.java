package io.lgvq.training.export;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.bundle.BundleManifest.ImageShape;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.image.Fit;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;

/**
 * The tokenizer's part of a bundle, as it is served: from a training, or from a bundle that has
 * one. Whoever trains heads needs no more of a tokenizer than this. Nobody writes to the arrays.
 *
 * @param image what pictures must be like
 * @param grid of the codes
 * @param vectors the codebook [K, d]
 * @param encoder {@code encoder.onnx}
 * @param decoder {@code decoder.onnx}
 */
public record TokenizerFiles(
    ImageShape image, GridShape grid, Tensor vectors, byte[] encoder, byte[] decoder) {

  private static final List<Float> HALF = List.of(0.5f, 0.5f, 0.5f);

  /** A tokenizer that was just trained. */
  public static TokenizerFiles of(TokenizerShape shape, Function<Parameter, float[]> weights) {
    TokenizerGraphs graphs = new TokenizerGraphs(shape, weights);
    Parameter codebook = CodebookParameter.of(shape);
    return new TokenizerFiles(
        new ImageShape(shape.imageSize(), shape.imageSize(), Fit.CROP, HALF, HALF),
        new GridShape(shape.grid(), shape.grid(), 1),
        new Tensor(codebook.shape(), weights.apply(codebook)),
        graphs.encoder(),
        graphs.decoder());
  }

  /** The tokenizer of a bundle, byte by byte. */
  public static TokenizerFiles of(Bundle bundle) {
    float[][] rows = bundle.codebookVectors();
    float[] values = new float[rows.length * rows[0].length];
    for (int code = 0; code < rows.length; code++) {
      System.arraycopy(rows[code], 0, values, code * rows[0].length, rows[0].length);
    }
    return new TokenizerFiles(
        bundle.manifest().image(),
        bundle.manifest().grid(),
        new Tensor(List.of((long) rows.length, (long) rows[0].length), values),
        bundle.graph(Graph.ENCODER),
        bundle.graph(Graph.DECODER));
  }

  /** K, number of codes. */
  public int codes() {
    return vectors.shape().get(0).intValue();
  }

  /** d, length of a code's vector. */
  public int dimension() {
    return vectors.shape().get(1).intValue();
  }

  /** What brings the codebook's vectors to about unit variance when they are multiplied with it. */
  public float unitScale() {
    double sum = 0;
    double squares = 0;
    for (float value : vectors.values()) {
      sum += value;
      squares += (double) value * value;
    }
    int count = vectors.values().length;
    double mean = sum / count;
    return 1 / (float) Math.sqrt(Math.max(1e-12, squares / count - mean * mean));
  }

  /** {@code codebook.bin}: the vectors as little-endian float32. */
  public byte[] codebook() {
    float[] values = vectors.values();
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
