package io.lgvq.operators.paint;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.sampling.CodeDraw;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The painter of a bundle's {@code paint-memory.onnx} (run once a text) and {@code paint-step.onnx}
 * (run once a code).
 *
 * <p>The noise of a picture comes from its request's seed. So a picture is the same alone and in a
 * batch, but for one thing: engines may round the sums of a larger batch in another order, and
 * where two codes are equal to the last digits either may win.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxPainter implements Painter {

  /** A row of the step graph holds a megabyte or more, so batches are kept small. */
  private static final int MOST_ROWS = 16;

  private final Codebook codebook;
  private final GridShape grid;
  private final Vocabulary vocabulary;
  private final int length;
  private final Sampling sampling;
  private final float guidance;
  private final int rows;
  private final Network<List<int[]>, TextMemory> remember;
  private final Network<List<Canvas>, List<Prior.Next>> step;
  private final float[] untold;

  /**
   * Loads the paint head of a bundle and runs both graphs once: the first tells how large its
   * memory is, the second that it fits.
   *
   * @param guidance how far the text's say is exaggerated, 0 or more: 0 ignores the text, 1 takes
   *     it as it is, more costs a second row a picture
   */
  public OnnxPainter(Bundle bundle, OnnxEngine engine, Sampling sampling, float guidance) {
    if (!(guidance >= 0) || guidance == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "guidance must be a number of 0 or more but is " + guidance);
    }
    this.codebook = bundle.codebook();
    this.grid = bundle.manifest().grid();
    this.vocabulary = bundle.vocabulary();
    this.length = bundle.text().captionLength();
    this.sampling = sampling;
    this.guidance = guidance;
    this.rows = Math.min(MOST_ROWS, engine.batch());
    this.remember =
        engine.load(
            Graph.PAINT_MEMORY.key(),
            bundle.graph(Graph.PAINT_MEMORY),
            new TextMemoryBinding(length));
    Network<List<Canvas>, List<Prior.Next>> loaded = null;
    try {
      TextMemory blank = remember.run(List.of(nothing()));
      untold = blank.values().get(0);
      loaded =
          engine.load(
              Graph.PAINT_STEP.key(),
              bundle.graph(Graph.PAINT_STEP),
              new StepBinding(blank.words(), grid.codes(), blank.size(), codebook.size()));
      loaded.run(List.of(new Canvas(nothing(), untold, grid.codes())));
    } catch (RuntimeException e) {
      if (loaded != null) {
        loaded.close();
      }
      remember.close();
      throw e;
    }
    this.step = loaded;
  }

  @Override
  public List<PaintResult> apply(List<PaintRequest> requests) {
    return Batches.split(requests, Math.max(1, guided() ? rows / 2 : rows), this::paint);
  }

  @Override
  public Codebook codebook() {
    return codebook;
  }

  @Override
  public void close() {
    remember.close();
    step.close();
  }

  private boolean guided() {
    return guidance != 1;
  }

  private int[] nothing() {
    return vocabulary.encodeBegun("", length);
  }

  private List<PaintResult> paint(List<PaintRequest> requests) {
    List<int[]> texts =
        requests.stream().map(request -> vocabulary.encodeBegun(request.text(), length)).toList();
    TextMemory memory = remember.run(texts);
    List<Painting.Picture> pictures = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      pictures.add(
          new Painting.Picture(
              new Canvas(texts.get(i), memory.values().get(i), grid.codes()),
              guided()
                  ? Optional.of(new Canvas(nothing(), untold, grid.codes()))
                  : Optional.empty(),
              new CodeDraw(sampling, requests.get(i).seed())));
    }
    Prior prior = canvases -> Batches.split(canvases, rows, step::run);
    double[] logProbabilities = new Painting(prior, guidance).paint(pictures);
    List<PaintResult> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      results.add(
          new PaintResult(
              new TokenGrid(
                  codebook,
                  grid.height(),
                  grid.width(),
                  grid.depth(),
                  pictures.get(i).told().codes()),
              Math.min(0, (float) logProbabilities[i])));
    }
    return results;
  }
}
