package io.lgvq.operators.complete;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import io.lgvq.operators.sampling.CodeDraw;
import io.lgvq.operators.sampling.Sampling;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The completer of a bundle's {@code complete.onnx}, which is run once a round of {@link Filling}.
 * What is drawn comes from each request's own seed, never from its place in the batch.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxCompleter implements Completer {

  private final AcceptedTokens accepted;
  private final Sampling sampling;
  private final int rounds;
  private final int batch;
  private final Network<List<int[]>, List<float[]>> network;

  /**
   * Loads the complete head of a bundle.
   *
   * @param sampling how codes are chosen for requests that have a seed
   * @param rounds in which holes are filled, 1 or more: more cost more and fit better together
   */
  public OnnxCompleter(Bundle bundle, OnnxEngine engine, Sampling sampling, int rounds) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 at least but are " + rounds);
    }
    this.accepted = new AcceptedTokens(bundle.codebook(), bundle.manifest().grid().codes());
    this.sampling = sampling;
    this.rounds = rounds;
    this.batch = engine.batch();
    this.network =
        engine.load(
            Graph.COMPLETE.key(),
            bundle.graph(Graph.COMPLETE),
            new CompleteBinding(accepted.count(), accepted.codebook().size()));
  }

  @Override
  public List<CompleteResult> apply(List<CompleteRequest> requests) {
    requests.forEach(request -> accepted.require(request.tokens()));
    return Batches.split(requests, batch, this::complete);
  }

  @Override
  public Codebook codebook() {
    return accepted.codebook();
  }

  @Override
  public void close() {
    network.close();
  }

  private List<CompleteResult> complete(List<CompleteRequest> requests) {
    List<Filling.Image> images = requests.stream().map(this::image).toList();
    new Filling(network::run, codebook().size(), rounds).fill(images);
    List<CompleteResult> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      TokenGrid given = requests.get(i).tokens();
      Filling.Image image = images.get(i);
      results.add(
          new CompleteResult(
              new TokenGrid(codebook(), given.height(), given.width(), given.depth(), image.grid()),
              Math.min(0, (float) image.logProbability())));
    }
    return results;
  }

  private Filling.Image image(CompleteRequest request) {
    int[] grid = request.tokens().codes().clone();
    request.holes().indices().forEach(place -> grid[place] = codebook().size());
    CodeDraw draw =
        request.seed().isPresent()
            ? new CodeDraw(sampling, request.seed().getAsLong())
            : new CodeDraw(Sampling.mostLikely(), 0);
    return new Filling.Image(grid, request.holes().count(), draw);
  }

  /** {@code codes} [B,n], K where one is missing, to {@code logProbabilities} [B,n,K]. */
  private record CompleteBinding(int places, int codes)
      implements Binding<List<int[]>, List<float[]>> {

    @Override
    public List<Port> inputs() {
      return List.of(Port.ints("codes", places));
    }

    @Override
    public int rows(List<int[]> grids) {
      return grids.size();
    }

    @Override
    public void write(List<int[]> grids, Inputs inputs) {
      IntBuffer buffer = inputs.ints(0);
      grids.forEach(buffer::put);
    }

    @Override
    public List<float[]> read(List<int[]> grids, Outputs outputs) {
      FloatBuffer all = outputs.floats("logProbabilities", places * codes);
      List<float[]> each = new ArrayList<>(grids.size());
      for (int i = 0; i < grids.size(); i++) {
        float[] own = new float[places * codes];
        all.get(own);
        each.add(own);
      }
      return each;
    }
  }
}
