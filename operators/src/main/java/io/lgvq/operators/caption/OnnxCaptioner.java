package io.lgvq.operators.caption;

import io.lgvq.operators.OperatorException;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.text.Vocabulary;
import java.util.List;

/**
 * The captioner of a bundle's {@code caption-memory.onnx} (run once an image) and {@code
 * caption-step.onnx} (run once a word).
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxCaptioner implements Captioner {

  private final AcceptedTokens accepted;
  private final Vocabulary vocabulary;
  private final CaptionSearch search;
  private final int longest;
  private final int batch;
  private final Network<List<TokenGrid>, Memory> remember;
  private final Network<StepBinding.Step, List<float[]>> step;

  /**
   * Loads the caption head of a bundle and runs its first graph once, for only that tells how large
   * its memory is.
   */
  public OnnxCaptioner(Bundle bundle, OnnxEngine engine, CaptionSearch search) {
    this.accepted = new AcceptedTokens(bundle.codebook(), bundle.manifest().grid().codes());
    this.vocabulary = bundle.vocabulary();
    this.search = search;
    this.longest = bundle.text().captionLength();
    this.batch = engine.batch();
    this.remember =
        engine.load(
            Graph.CAPTION_MEMORY.key(),
            bundle.graph(Graph.CAPTION_MEMORY),
            new MemoryBinding(accepted.count()));
    try {
      this.step = loadStep(bundle, engine);
    } catch (RuntimeException e) {
      remember.close();
      throw e;
    }
  }

  private Network<StepBinding.Step, List<float[]>> loadStep(Bundle bundle, OnnxEngine engine) {
    var grid = bundle.manifest().grid();
    TokenGrid blank =
        new TokenGrid(
            bundle.codebook(), grid.height(), grid.width(), grid.depth(), new int[grid.codes()]);
    StepBinding binding =
        new StepBinding(remember.run(List.of(blank)).shape(), longest, vocabulary.size());
    return engine.load(Graph.CAPTION_STEP.key(), bundle.graph(Graph.CAPTION_STEP), binding);
  }

  @Override
  public List<CaptionResult> apply(List<TokenGrid> grids) {
    grids.forEach(accepted::require);
    return Batches.split(grids, Math.max(1, batch / search.width()), this::caption);
  }

  @Override
  public Codebook codebook() {
    return accepted.codebook();
  }

  @Override
  public void close() {
    remember.close();
    step.close();
  }

  private List<CaptionResult> caption(List<TokenGrid> grids) {
    Memory memory = remember.run(grids);
    BeamSearch.Model model =
        captions ->
            Batches.split(captions, batch, part -> step.run(new StepBinding.Step(memory, part)));
    return new BeamSearch(model, search, longest)
        .search(grids.size()).stream().map(this::result).toList();
  }

  private CaptionResult result(List<Hypothesis> captions) {
    if (captions.isEmpty()) {
      throw new OperatorException(
          "The caption head gave no numbers to choose words by.",
          new ArithmeticException("every log-probability is NaN"));
    }
    List<CaptionResult.Scored> scored =
        captions.stream()
            .map(
                caption ->
                    new CaptionResult.Scored(
                        caption.text(vocabulary), Math.min(0, (float) caption.logProbability())))
            .toList();
    int last = Math.min(scored.size(), 1 + search.alternatives());
    return new CaptionResult(scored.get(0), scored.subList(1, last));
  }
}
