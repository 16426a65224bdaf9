package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.StageName;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.operators.serve.BundleOperators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Opens what the stages of this process need of a bundle.
 *
 * <p>Threading: immutable. Ownership: whoever loads a bundle lets go of it.
 */
final class BundleLoader {
  private static final int ANSWER_ALTERNATIVES = 3;

  private final LgvqConfig config;

  BundleLoader(LgvqConfig config) {
    this.config = config;
  }

  /** Where a bundle lies: a relative path in the working directory, else in {@code lgvq.root}. */
  Path location(Path given) {
    return given.isAbsolute() || Files.exists(given) ? given : config.root().resolve(given);
  }

  /**
   * The same without links, for a link may point elsewhere tomorrow, and what is loaded stays what
   * it is.
   *
   * @throws BundleException if nothing lies there
   */
  Path real(Path given) {
    Path place = location(given);
    try {
      return place.toRealPath();
    } catch (IOException e) {
      throw new BundleException("There is no bundle at " + place + ".", e);
    }
  }

  /**
   * The operators of a bundle.
   *
   * @throws BundleException if a stage cannot work with it; nothing stays open then
   * @throws io.lgvq.operators.engine.EngineUnavailableException if the engine cannot run here
   */
  LoadedBundle load(Bundle bundle) {
    BundleOperators operators = BundleOperators.of(bundle, engine());
    Map<Class<?>, AutoCloseable> opened = new LinkedHashMap<>();
    try {
      for (StageName stage : config.stages()) {
        switch (stage) {
          case TOKENIZE -> open(opened, PictureTokenizer.class, () -> tokenizer(operators));
          case CAPTION -> open(opened, Captioner.class, () -> operators.captioner(search()));
          case ANSWER ->
              open(opened, Answerer.class, () -> operators.answerer(ANSWER_ALTERNATIVES));
          case RECONSTRUCT -> open(opened, Reconstructor.class, operators::reconstructor);
          case DRIFT -> { // needs no model, only what the bundle says of ordinary images
          }
        }
      }
      return new LoadedBundle(
          bundle.codebook(), bundle.location().toString(), opened, bundle.reference());
    } catch (RuntimeException | Error e) { // as where memory has no room for one head more
      new LoadedBundle(bundle.codebook(), bundle.location().toString(), opened).letGo();
      throw e;
    }
  }

  private static <T extends AutoCloseable> void open(
      Map<Class<?>, AutoCloseable> opened, Class<T> kind, Supplier<T> operator) {
    opened.put(kind, operator.get());
  }

  private PictureTokenizer tokenizer(BundleOperators operators) {
    return new PictureTokenizer(
        operators.decoder(limits()),
        operators.tokenizer(),
        operators.bundle().manifest().image().fit());
  }

  private CaptionSearch search() {
    int beam = config.caption().beam();
    return beam == 1 ? CaptionSearch.greedy() : CaptionSearch.beam(beam);
  }

  private ImageLimits limits() {
    LgvqConfig.Image image = config.image();
    return new ImageLimits(
        image.maxBytes(),
        image.maxPixels(),
        image.maxSide(),
        image.timeout(),
        image.rejectMislabelled());
  }

  private EngineSettings engine() {
    return new EngineSettings(
        config.engine(),
        config.engineThreads(),
        config.gpu().device(),
        config.gpu().halfPrecision(),
        config.gpu().engineCache());
  }
}
