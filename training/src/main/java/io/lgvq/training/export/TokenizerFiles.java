package io.lgvq.training.export;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.bundle.BundleManifest.ImageShape;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.image.Fit;
import io.lgvq.training.network.CostOps;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.LgvqNetwork;
import io.lgvq.training.tokenizer.TokenizerNetwork;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;

/**
 * The tokenizer's part of a bundle, as it is served: from a training, from weights trained
 * elsewhere, or from a bundle that has one. Whoever trains heads needs no more of a tokenizer than
 * this. Nobody writes to the arrays.
 *
 * @param image what pictures must be like
 * @param grid of the codes
 * @param vectors the codebook [K, d]
 * @param encoder {@code encoder.onnx}
 * @param decoder {@code decoder.onnx}
 * @param batch most pictures of one call of a graph, 1 or more
 */
public record TokenizerFiles(
    ImageShape image, GridShape grid, Tensor vectors, byte[] encoder, byte[] decoder, int batch) {

  private static final List<Float> HALF = List.of(0.5f, 0.5f, 0.5f);
  private static final int LARGEST_BATCH = 32;

  /** Bytes of the largest layer of a batch; several are alive at a time. */
  private static final long LARGEST_LAYER = 128L << 20;

  /** A tokenizer that was just trained. */
  public static TokenizerFiles of(TokenizerShape shape, Function<Parameter, float[]> weights) {
    return of(LgvqNetwork.of(shape), weights);
  }

  /** A tokenizer of any kind whose pixels are normalised to -1 .. 1. */
  public static TokenizerFiles of(TokenizerNetwork network, Function<Parameter, float[]> weights) {
    TokenizerGraphs graphs = new TokenizerGraphs(network, weights);
    Parameter codebook = network.codebook();
    return new TokenizerFiles(
        new ImageShape(network.imageSize(), network.imageSize(), Fit.CROP, HALF, HALF),
        new GridShape(network.grid(), network.grid(), 1),
        new Tensor(codebook.shape(), weights.apply(codebook)),
        graphs.encoder(),
        graphs.decoder(),
        batch(network));
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
        bundle.graph(Graph.DECODER),
        bundle.manifest().engine().batch());
  }

  /** As many pictures a call as leave its memory small: 32, of large pictures fewer. */
  public static int batch(TokenizerNetwork network) {
    long side = network.imageSize();
    CostOps cost = new CostOps();
    network.decode(cost, network.encode(cost, List.of(1L, 3L, side, side)));
    long each = Float.BYTES * cost.largest();
    return (int) Math.max(1, Math.min(LARGEST_BATCH, LARGEST_LAYER / each));
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
