package io.lgvq.training.release;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.Evaluation;
import io.lgvq.training.evaluate.ModelCard;
import io.lgvq.training.evaluate.ModelCard.Provenance;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.ReportJson;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.HeadTraining;
import io.lgvq.training.head.ImageCodes;
import io.lgvq.training.head.TrainedHeads;
import io.lgvq.training.loop.Bars;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.release.Release.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;

/**
 * Last stage of a training: heads on the finished tokenizer, then the bundle, its measures and its
 * card. Leaves in the folder of the run {@code bundle/}, {@code question-only/} (a bundle whose
 * answer head never saw an image; the baseline of {@code evaluate}) and {@code report.json}.
 *
 * <p>Threading: one thread.
 */
public final class BundleStage {

  /** Folder of the bundle within the run's. */
  public static final String BUNDLE = "bundle";

  /** Folder of the baseline within the run's. */
  public static final String QUESTION_ONLY = "question-only";

  private static final String UNMEASURED = "# %s %s\n\nNot measured yet.\n";

  private final Identity identity;
  private final Optional<HeadPlan> plan;
  private final long seed;
  private final Path folder;
  private final int limit;

  /**
   * @param plan of the heads; absent for a bundle of a tokenizer alone
   * @param folder of the run
   * @param limit most images a test split that are measured
   */
  public BundleStage(
      Identity identity, Optional<HeadPlan> plan, long seed, Path folder, int limit) {
    this.identity = identity;
    this.plan = plan;
    this.seed = seed;
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * A finished tokenizer.
   *
   * @param files as it is served
   * @param codes what it makes of pictures
   */
  public record Finished(TokenizerFiles files, ImageCodes codes) {}

  /**
   * Runs, or goes on where the loop's folder has checkpoints.
   *
   * @param provenance asked when training is over
   */
  public Report run(
      Corpus corpus, Finished tokenizer, TrainingLoop loop, Supplier<Provenance> provenance)
      throws IOException {
    HeadStage.Outcome heads =
        plan.isPresent()
            ? new HeadStage(plan.get(), tokenizer, seed).run(corpus, loop)
            : HeadStage.Outcome.none();
    Path bundle = folder.resolve(BUNDLE);
    write(
        new Release(
            identity,
            tokenizer.files(),
            heads.text().map(HeadTraining.Outcome::heads),
            heads.painter(),
            heads.completer()),
        bundle);
    Optional<TrainedHeads> blind = heads.text().flatMap(HeadTraining.Outcome::questionOnly);
    if (blind.isPresent()) {
      write(new Release(identity, tokenizer.files(), blind), folder.resolve(QUESTION_ONLY));
    }
    Provenance made = provenance.get();
    Report report = measure(corpus, bundle, blind.isPresent());
    Files.writeString(folder.resolve("report.json"), ReportJson.of(report) + "\n");
    describe(corpus, bundle, made, report, heads.measures());
    return report;
  }

  private void write(Release release, Path to) throws IOException {
    release.write(to, Map.of(), UNMEASURED.formatted(identity.name(), identity.version()));
  }

  private Report measure(Corpus corpus, Path bundle, boolean baseline) {
    try (OpenBundle open = OpenBundle.of(Bundle.open(bundle))) {
      if (!baseline) {
        return measured(corpus, open, Optional.empty());
      }
      try (OpenBundle blind = OpenBundle.of(Bundle.open(folder.resolve(QUESTION_ONLY)))) {
        return measured(corpus, open, blind.served().answerer());
      }
    }
  }

  private Report measured(Corpus corpus, OpenBundle open, Optional<Answerer> guesser) {
    Evaluation evaluation = new Evaluation(corpus, open.served(), guesser, limit);
    try (ProgressBar bar = Bars.of("evaluate", 0, evaluation.images())) {
      return evaluation.run(bar::stepBy);
    }
  }

  private static void describe(
      Corpus corpus, Path bundle, Provenance made, Report report, Map<String, Object> measures)
      throws IOException {
    BundleManifest manifest = Bundle.open(bundle).manifest();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("measuredBy", made.command());
    metrics.put(ModelCard.TOKENIZER, made.tokenizer());
    metrics.putAll(ReportJson.asMap(report));
    metrics.putAll(measures);
    BundleWriter.describe(
        bundle, metrics, ModelCard.of(manifest, made, report, corpus.attribution()));
  }
}
