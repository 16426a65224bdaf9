package io.lgvq.operators.serve;

import io.lgvq.operators.Operator;
import io.lgvq.operators.OperatorException;
import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.answer.OnnxAnswerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.caption.OnnxCaptioner;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.complete.Holes;
import io.lgvq.operators.complete.OnnxCompleter;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.match.ImageEmbedder;
import io.lgvq.operators.match.OnnxImageEmbedder;
import io.lgvq.operators.paint.OnnxPainter;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.reconstruct.OnnxReconstructor;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.tokenize.OnnxTokenizer;
import io.lgvq.operators.tokenize.Tokenizer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Opens a bundle's operators, each only when it is asked for. Every operator's graphs are run once
 * on a blank input before it is handed out, so that a graph that breaks its signature stops the
 * start and the first record does not wait for the engine to warm up.
 *
 * <p>Threading: immutable. Ownership: whoever asks for an operator closes it.
 */
public final class BundleOperators {

  private final Bundle bundle;
  private final OnnxEngine engine;

  private BundleOperators(Bundle bundle, OnnxEngine engine) {
    this.bundle = bundle;
    this.engine = engine;
  }

  /**
   * Makes sure that the engine can run here; loads nothing yet.
   *
   * @throws io.lgvq.operators.engine.EngineUnavailableException if a GPU or a library is missing
   */
  public static BundleOperators of(Bundle bundle, EngineSettings settings) {
    return new BundleOperators(
        bundle, OnnxEngine.open(settings, bundle.manifest().engine().batch()));
  }

  /** What the operators are opened from. */
  public Bundle bundle() {
    return bundle;
  }

  /** A decoder that gives pictures of the size that the tokenizer takes. */
  public ImageDecoder decoder(ImageLimits limits) {
    BundleManifest.ImageShape image = bundle.manifest().image();
    return new ImageIoDecoder(image.width(), image.height(), image.fit(), limits);
  }

  /**
   * @throws BundleException if the bundle has no encoder, or one that breaks its signature
   */
  public Tokenizer tokenizer() {
    BundleManifest.ImageShape image = bundle.manifest().image();
    Pixels blank =
        new Pixels(image.width(), image.height(), new byte[3 * image.width() * image.height()]);
    return tried(() -> new OnnxTokenizer(bundle, engine), blank);
  }

  /**
   * @throws BundleException if the bundle has no decoder, or one that breaks its signature
   */
  public Reconstructor reconstructor() {
    return tried(() -> new OnnxReconstructor(bundle, engine), blank());
  }

  /**
   * @throws BundleException if the bundle has no caption head, or one that breaks its signature
   */
  public Captioner captioner(CaptionSearch search) {
    return tried(() -> new OnnxCaptioner(bundle, engine, search), blank());
  }

  /**
   * @param alternatives further answers that each result names, 0 or more
   * @throws BundleException if the bundle has no answer head, or one that breaks its signature
   */
  public Answerer answerer(int alternatives) {
    return tried(
        () -> new OnnxAnswerer(bundle, engine, alternatives), new AnswerRequest(blank(), "what"));
  }

  /**
   * @throws BundleException if the bundle has no match graph, or one that breaks its signature
   */
  public ImageEmbedder embedder() {
    return tried(() -> new OnnxImageEmbedder(bundle, engine), blank());
  }

  /**
   * Not tried on a whole picture, which would take as long as painting one; opening it runs both of
   * its graphs once.
   *
   * @param guidance how far the text's say is exaggerated; 1 takes it as it is
   * @throws BundleException if the bundle has no paint head, or one that breaks its signature
   */
  public Painter painter(Sampling sampling, float guidance) {
    return opened(() -> new OnnxPainter(bundle, engine, sampling, guidance));
  }

  /**
   * @param sampling how codes are chosen for requests that have a seed
   * @param rounds in which holes are filled
   * @throws BundleException if the bundle has no complete head, or one that breaks its signature
   */
  public Completer completer(Sampling sampling, int rounds) {
    TokenGrid blank = blank();
    Holes one = Holes.of(blank.codes().length, IntStream.of(0));
    return tried(
        () -> new OnnxCompleter(bundle, engine, sampling, rounds),
        new CompleteRequest(blank, one, OptionalLong.empty()));
  }

  /**
   * Opens every operator that the bundle has graphs for, and closes it again: the part of {@code
   * bundle verify} that digests cannot tell.
   *
   * @throws BundleException about the first graph that cannot be loaded or breaks its signature
   */
  public void verify() {
    if (bundle.has(Graph.ENCODER)) {
      tokenizer().close();
    }
    if (bundle.has(Graph.DECODER)) {
      reconstructor().close();
    }
    if (bundle.has(Graph.CAPTION_STEP)) {
      captioner(CaptionSearch.greedy()).close();
    }
    if (bundle.has(Graph.ANSWER)) {
      answerer(0).close();
    }
    if (bundle.has(Graph.MATCH)) {
      embedder().close();
    }
    if (bundle.has(Graph.PAINT_STEP)) {
      painter(Sampling.mostLikely(), 1).close();
    }
    if (bundle.has(Graph.COMPLETE)) {
      completer(Sampling.mostLikely(), 1).close();
    }
  }

  private TokenGrid blank() {
    BundleManifest.GridShape grid = bundle.manifest().grid();
    return new TokenGrid(
        bundle.codebook(), grid.height(), grid.width(), grid.depth(), new int[grid.codes()]);
  }

  private <I, T extends Operator<I, ?>> T tried(Supplier<T> open, I sample) {
    T operator = opened(open);
    try {
      operator.apply(List.of(sample));
      return operator;
    } catch (OperatorException e) {
      operator.close();
      throw broken(e);
    }
  }

  private <T> T opened(Supplier<T> open) {
    try {
      return open.get();
    } catch (OperatorException e) {
      throw broken(e);
    }
  }

  private BundleException broken(OperatorException problem) {
    return new BundleException(
        "Bundle %s: %s".formatted(bundle.location(), problem.getMessage()), problem);
  }
}
