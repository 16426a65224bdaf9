package io.lgvq.soak.instance;

import io.lgvq.operators.Operator;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.soak.model.Model;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Stages as the application runs them, all four or some, on engines that can be made to fail, and
 * with a second bundle beside the first.
 *
 * @param all the stages that this instance runs
 * @param engines the faults of each stage's engine
 * @param rollout of the bundles: the first one publishes
 */
record Stages(List<Stage> all, Map<String, EngineFaults> engines, Rollout rollout) {

  /** The names of all stages. */
  static final List<String> NAMES =
      List.of(TokenizeStage.NAME, CaptionStage.NAME, AnswerStage.NAME, ReconstructStage.NAME);

  static Stages of(InstanceSettings told, Model model, Traps traps) {
    Map<String, EngineFaults> engines = new TreeMap<>();
    NAMES.forEach(name -> engines.put(name, new EngineFaults(name, traps)));
    var settings = StageSettings.standard();
    Map<String, String> registry = Map.of("schema.registry.url", told.registryUrl());
    var serdes = EventSerdes.avro(SchemaRegistry.connect(registry), registry);
    var listener = StageListener.none();
    var answers = new AnswerSettings(Duration.ofDays(7), told.questionWait(), 1_000);
    var claims = new ClaimCheck(ClaimCheckSettings.off());
    Rollout rollout = new Rollout(loaded(model, engines));
    Model next = model.next();
    rollout.load(next.codebook(), () -> loaded(next, engines));
    Stream<Stage> all =
        Stream.of(
            new TokenizeStage(settings, serdes, listener, claims, rollout),
            new CaptionStage(settings, serdes, listener, rollout),
            new AnswerStage(settings, answers, serdes, listener, rollout),
            new ReconstructStage(settings, serdes, listener, rollout));
    return new Stages(
        all.filter(stage -> told.stages().contains(stage.name())).toList(), engines, rollout);
  }

  private static LoadedBundle loaded(Model model, Map<String, EngineFaults> engines) {
    Tokenizer tokenizer = faulty(engines, TokenizeStage.NAME, Tokenizer.class, model.tokenizer());
    return new LoadedBundle(
        model.codebook(),
        "",
        Map.of(
            PictureTokenizer.class,
            new PictureTokenizer(model.decoder(), tokenizer, Fit.CROP),
            Captioner.class,
            faulty(engines, CaptionStage.NAME, Captioner.class, model.captioner()),
            Answerer.class,
            faulty(engines, AnswerStage.NAME, Answerer.class, model.answerer()),
            Reconstructor.class,
            faulty(engines, ReconstructStage.NAME, Reconstructor.class, model.reconstructor())));
  }

  private static <T extends Operator<?, ?>> T faulty(
      Map<String, EngineFaults> engines, String stage, Class<T> type, T operator) {
    return engines.get(stage).with(type, operator);
  }
}
