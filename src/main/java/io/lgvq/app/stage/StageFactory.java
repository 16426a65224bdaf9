package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.app.config.StageName;
import io.lgvq.app.metrics.StageMetrics;
import io.lgvq.app.rollout.Bundles;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.engine.EngineUnavailableException;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Rollout;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes stages of the configuration, on the bundles that they borrow.
 *
 * <p>Threading: {@link #open} and {@link #close} run on the main thread, once each.
 */
@ApplicationScoped
class StageFactory {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final LgvqConfig config;
  private final EventSerdes serdes;
  private final StageMetrics listener;
  private final Bundles bundles;

  StageFactory(LgvqConfig config, EventSerdes serdes, StageMetrics listener, Bundles bundles) {
    this.config = config;
    this.serdes = serdes;
    this.listener = listener;
    this.bundles = bundles;
  }

  /**
   * Opens the bundle and one stage for each name.
   *
   * @throws StartException if the bundle or the engine cannot be used; nothing stays open then
   */
  Opened open(List<StageName> names) {
    try {
      Rollout rollout = bundles.start();
      List<Stage> stages = names.stream().map(name -> stage(name, rollout)).toList();
      return new Opened(rollout.status().published().title(), stages);
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
    bundles.close();
  }

  /** The bundle that publishes, as name:version; empty before the start. */
  Optional<String> bundle() {
    return bundles.publishedTitle();
  }

  private Stage stage(StageName name, Rollout rollout) {
    return switch (name) {
      case TOKENIZE ->
          new TokenizeStage(settings(), serdes, listener, new ClaimCheck(claims()), rollout);
      case CAPTION -> new CaptionStage(settings(), serdes, listener, rollout);
      case ANSWER -> answer(rollout);
      case RECONSTRUCT -> new ReconstructStage(settings(), serdes, listener, rollout);
      case DRIFT -> drift(rollout);
    };
  }

  private Stage answer(Rollout rollout) {
    LgvqConfig.Answer answer = config.answer();
    AnswerSettings answers =
        new AnswerSettings(answer.tokensRetention(), answer.questionWait(), answer.maxLength());
    return new AnswerStage(settings(), answers, serdes, listener, rollout);
  }

  private Stage drift(Rollout rollout) {
    LoadedBundle published = rollout.status().published();
    if (published.reference().isEmpty()) {
      throw new BundleException(
          "Bundle %s has no code reference, which the stage drift needs; './lgvq bundle reference' measures one, or leave drift out of lgvq.stages."
              .formatted(published.origin()));
    }
    LgvqConfig.Drift drift = config.drift();
    DriftSettings windows =
        new DriftSettings(drift.window(), drift.leastImages(), drift.rareBelow());
    return new DriftStage(settings(), windows, serdes, listener, rollout);
  }

  private StageSettings settings() {
    return new StageSettings(
        Names.of(config.topics()),
        new BatchSettings(config.batch().maxBatch(), config.batch().linger()),
        RetrySettings.standard(),
        DeadLetterPolicy.of(config.deadLetters()));
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
}
