package io.lgvq.operators.match;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.CodesBinding;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.engine.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedder of a bundle's {@code match.onnx}.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxImageEmbedder implements ImageEmbedder {

  private final AcceptedTokens accepted;
  private final int batch;
  private final int dimension;
  private final Network<List<TokenGrid>, List<float[]>> network;

  /** Loads the graph of a bundle. */
  public OnnxImageEmbedder(Bundle bundle, OnnxEngine engine) {
    this.accepted = new AcceptedTokens(bundle.codebook(), bundle.manifest().grid().codes());
    this.batch = engine.batch();
    this.dimension = bundle.language().dimension();
    this.network =
        engine.load(
            Graph.MATCH.key(),
            bundle.graph(Graph.MATCH),
            new MatchBinding(accepted.count(), dimension));
  }

  @Override
  public List<float[]> apply(List<TokenGrid> grids) {
    grids.forEach(accepted::require);
    return Batches.split(grids, batch, network::run);
  }

  @Override
  public Codebook codebook() {
    return accepted.codebook();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void close() {
    network.close();
  }

  /** {@code codes} [B,n] to {@code image} [B,d_t]. */
  private record MatchBinding(int codes, int dimension) implements CodesBinding<List<float[]>> {

    @Override
    public List<float[]> read(List<TokenGrid> grids, Outputs outputs) {
      FloatBuffer values = outputs.floats("image", dimension);
      List<float[]> vectors = new ArrayList<>(grids.size());
      for (int i = 0; i < grids.size(); i++) {
        float[] vector = new float[dimension];
        values.get(vector);
        vectors.add(unit(vector));
      }
      return vectors;
    }

    private static float[] unit(float[] vector) {
      double squares = 0;
      for (float value : vector) {
        squares += (double) value * value;
      }
      float length = (float) Math.max(1e-12, Math.sqrt(squares));
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= length;
      }
      return vector;
    }
  }
}
