package io.lgvq.training.evaluate.language;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest.Language;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.match.ImageEmbedder;
import io.lgvq.operators.match.OnnxImageEmbedder;
import java.util.List;

/**
 * The language graphs of a bundle.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class LanguageProbe implements AutoCloseable {

  private final Language language;
  private final List<String> pieces;
  private final int batch;
  private final ImageEmbedder embedder;
  private final HiddenWordReader hiddenWords;
  private final Network<List<TokenGrid>, List<Places>> relation;

  /** Loads the graphs of a bundle. */
  public LanguageProbe(Bundle bundle, OnnxEngine engine) {
    int codes = bundle.manifest().grid().codes();
    language = bundle.language();
    pieces = bundle.wordPieces();
    batch = engine.batch();
    embedder = new OnnxImageEmbedder(bundle, engine);
    hiddenWords = new HiddenWordReader(bundle, engine);
    relation =
        engine.load(
            Graph.RELATION.key(),
            bundle.graph(Graph.RELATION),
            new PlacesBinding(codes, language.dimension()));
  }

  /** Whether a bundle has all that is needed. */
  public static boolean in(Bundle bundle) {
    return bundle.has(Graph.MATCH) && bundle.has(Graph.MASKED_WORD) && bundle.has(Graph.RELATION);
  }

  /** The text encoder that the graphs go with. */
  public Language language() {
    return language;
  }

  /** The word pieces that are known, from number {@value BundleLexicon#FIRST} on. */
  List<String> pieces() {
    return pieces;
  }

  /** Vectors of unit length, [d_t] each. */
  List<float[]> embed(List<TokenGrid> grids) {
    return embedder.apply(grids);
  }

  /** What tells hidden words. */
  HiddenWordReader hiddenWords() {
    return hiddenWords;
  }

  /** What is seen at each place of each image. */
  List<Places> places(List<TokenGrid> grids) {
    return Batches.split(grids, batch, relation::run);
  }

  @Override
  public void close() {
    embedder.close();
    hiddenWords.close();
    relation.close();
  }
}
