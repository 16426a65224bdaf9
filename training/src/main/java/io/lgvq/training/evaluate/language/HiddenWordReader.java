package io.lgvq.training.evaluate.language;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import java.util.List;

/**
 * The masked-word graph of a bundle.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class HiddenWordReader implements AutoCloseable {

  private final int batch;
  private final Network<List<HiddenWordQuery>, List<Integer>> network;

  /** Loads the graph of a bundle. */
  public HiddenWordReader(Bundle bundle, OnnxEngine engine) {
    batch = engine.batch();
    network =
        engine.load(
            Graph.MASKED_WORD.key(),
            bundle.graph(Graph.MASKED_WORD),
            new HiddenWordBinding(
                bundle.manifest().grid().codes(),
                bundle.language().captionLength(),
                bundle.wordPieces().size() + BundleLexicon.FIRST));
  }

  /** The likeliest word of each query, by number. */
  List<Integer> tell(List<HiddenWordQuery> queries) {
    return Batches.split(queries, batch, network::run);
  }

  @Override
  public void close() {
    network.close();
  }
}
