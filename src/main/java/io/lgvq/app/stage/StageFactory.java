package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.app.config.StageName;
import io.lgvq.app.metrics.StageMetrics;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.engine.EngineUnavailableException;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.DriftStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Makes stages of the configuration, and holds the models that they borrow.
 *
 * <p>Threading: {@link #open} and {@link #close} run on the main thread, once each.
 */
@ApplicationScoped
class StageFactory {
  private static final int ANSWER_ALTERNATIVES = 3;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final LgvqConfig config;
  private final EventSerdes serdes;
  private final StageMetrics listener;
  private final Deque<AutoCloseable> borrowed = new ArrayDeque<>();

  StageFactory(LgvqConfig config, EventSerdes serdes, StageMetrics listener) {
    this.config = config;
    this.serdes = serdes;
    this.listener = listener;
  }

  /**
   * Opens the bundle and one stage for each name.
   *
   * @throws StartException if the bundle or the engine cannot be used; nothing stays open then
   */
  Opened open(List<StageName> names) {
    try {
      Bundle bundle = Bundle.open(location());
      BundleOperators operators = BundleOperators.of(bundle, engine());
      List<Stage> stages = names.stream().map(name -> stage(name, operators)).toList();
      return new Opened(bundle.manifest().name() + ":" + bundle.manifest().version(), stages);
    } catch (BundleException e) {
      close();
      throw new StartException("lgvq.bundle: " + e.getMessage());
    } catch (EngineUnavailableException e) {
      close();
      throw new StartException(e.getMessage());
    }
  }

  /**
   * The stages and what they run on.
   *
   * @param bundle as name:version
   * @param stages not started
   */
  record Opened(String bundle, List<Stage> stages) {}

  /** Frees the models; no stage may run any longer. */
  void close() {
    while (!borrowed.isEmpty()) {
      try {
        borrowed.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a model could not be freed", e);
      }
    }
  }

  private Stage stage(StageName name, BundleOperators operators) {
    return switch (name) {
      case TOKENIZE -> tokenize(operators);
      case CAPTION -> caption(operators);
      case ANSWER -> answer(operators);
      case RECONSTRUCT -> reconstruct(operators);
      case DRIFT -> drift(operators.bundle());
    };
  }

  private Stage tokenize(BundleOperators operators) {
    ImageDecoder decoder = keep(operators.decoder(limits()));
    Tokenizer tokenizer = keep(operators.tokenizer());
    ClaimCheck claimCheck = new ClaimCheck(claims());
    return new TokenizeStage(settings(), serdes, listener, claimCheck, decoder, tokenizer);
  }

  private Stage caption(BundleOperators operators) {
    int beam = config.caption().beam();
    Captioner captioner =
        keep(operators.captioner(beam == 1 ? CaptionSearch.greedy() : CaptionSearch.beam(beam)));
    return new CaptionStage(settings(), serdes, listener, captioner);
  }

  private Stage answer(BundleOperators operators) {
    Answerer answerer = keep(operators.answerer(ANSWER_ALTERNATIVES));
    LgvqConfig.Answer answer = config.answer();
    AnswerSettings answers =
        new AnswerSettings(answer.tokensRetention(), answer.questionWait(), answer.maxLength());
    return new AnswerStage(settings(), answers, serdes, listener, answerer);
  }

  private Stage reconstruct(BundleOperators operators) {
    Reconstructor reconstructor = keep(operators.reconstructor());
    return new ReconstructStage(settings(), serdes, listener, reconstructor);
  }

  private Stage drift(Bundle bundle) {
    CodeReference reference =
        bundle
            .reference()
            .orElseThrow(
                () ->
                    new BundleException(
                        "Bundle %s has no code reference, which the stage drift needs; './lgvq bundle reference' measures one, or leave drift out of lgvq.stages."
                            .formatted(bundle.location())));
    LgvqConfig.Drift drift = config.drift();
    DriftSettings windows =
        new DriftSettings(drift.window(), drift.leastImages(), drift.rareBelow());
    return new DriftStage(settings(), windows, serdes, listener, bundle.codebook(), reference);
  }

  private StageSettings settings() {
    return new StageSettings(
        Names.of(config.topics()),
        new BatchSettings(config.batch().maxBatch(), config.batch().linger()),
        RetrySettings.standard(),
        DeadLetterPolicy.of(config.deadLetters()));
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

  private ClaimCheckSettings claims() {
    LgvqConfig.ClaimCheck claims = config.claimCheck();
    return new ClaimCheckSettings(
        Set.copyOf(claims.schemes().orElse(List.of())),
        Set.copyOf(claims.hosts().orElse(List.of())),
        config.image().maxBytes(),
        CONNECT,
        claims.timeout(),
        new RetrySettings(3, Duration.ofMillis(200)));
  }

  private EngineSettings engine() {
    return new EngineSettings(
        config.engine(),
        config.engineThreads(),
        config.gpu().device(),
        config.gpu().halfPrecision(),
        config.gpu().engineCache());
  }

  private Path location() {
    Path given = config.bundle();
    return given.isAbsolute() || Files.exists(given) ? given : config.root().resolve(given);
  }

  private <T extends AutoCloseable> T keep(T opened) {
    borrowed.push(opened);
    return opened;
  }
}
