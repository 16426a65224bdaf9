package io.lgvq.training.release;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.Evaluation;
import io.lgvq.training.evaluate.ModelCard;
import io.lgvq.training.evaluate.ModelCard.Provenance;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.ReportJson;
import io.lgvq.training.evaluate.Served;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.HeadSettings;
import io.lgvq.training.head.HeadTraining;
import io.lgvq.training.head.ImageCodes;
import io.lgvq.training.head.TokenizedSplits;
import io.lgvq.training.head.TrainedHeads;
import io.lgvq.training.loop.Bars;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.probe.ProbeSettings;
import io.lgvq.training.probe.ProbeTraining;
import io.lgvq.training.probe.TrainedProbe;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.TextEncoder;
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

  private static final String TRAIN = "train";
  private static final String UNMEASURED = "# %s %s\n\nNot measured yet.\n";

  private final Identity identity;
  private final Parts parts;
  private final Teachers teachers;
  private final long seed;
  private final Path folder;
  private final int limit;

  /**
   * @param teachers opened only if they are needed
   * @param folder of the run
   * @param limit most images a test split that are measured
   */
  public BundleStage(
      Identity identity, Parts parts, Teachers teachers, long seed, Path folder, int limit) {
    this.identity = identity;
    this.parts = parts;
    this.teachers = teachers;
    this.seed = seed;
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * What the bundle is to have besides its tokenizer; none of it for a bundle of a tokenizer alone.
   *
   * @param heads caption and answer
   * @param probe language graphs
   */
  public record Parts(Optional<HeadSettings> heads, Optional<ProbeSettings> probe) {}

  private record Trained(
      Optional<HeadTraining.Outcome> heads, Optional<ProbeTraining.Outcome> probe) {

    boolean compared() {
      return heads.flatMap(HeadTraining.Outcome::questionOnly).isPresent() || probe.isPresent();
    }
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
    if (parts.probe().isEmpty()) {
      return run(corpus, tokenizer, loop, Optional.empty(), provenance);
    }
    try (TextEncoder text = teachers.text()) {
      return run(corpus, tokenizer, loop, Optional.of(text), provenance);
    }
  }

  private Report run(
      Corpus corpus,
      Finished tokenizer,
      TrainingLoop loop,
      Optional<TextEncoder> text,
      Supplier<Provenance> provenance)
      throws IOException {
    Trained trained = trained(corpus, tokenizer, loop, text);
    Path bundle = folder.resolve(BUNDLE);
    write(
        tokenizer,
        trained.heads().map(HeadTraining.Outcome::heads),
        trained.probe().map(ProbeTraining.Outcome::probe),
        bundle);
    if (trained.compared()) {
      write(
          tokenizer,
          trained.heads().flatMap(HeadTraining.Outcome::questionOnly),
          trained.probe().map(ProbeTraining.Outcome::blind),
          folder.resolve(QUESTION_ONLY));
    }
    Provenance made = provenance.get();
    Report report = measure(corpus, bundle, trained.compared(), text);
    Files.writeString(folder.resolve("report.json"), ReportJson.of(report) + "\n");
    describe(corpus, bundle, made, report);
    return report;
  }

  private Trained trained(
      Corpus corpus, Finished tokenizer, TrainingLoop loop, Optional<TextEncoder> text)
      throws IOException {
    TokenizedSplits splits =
        new TokenizedSplits(corpus, tokenizer.files(), tokenizer.codes(), loop.folder());
    Optional<HeadTraining.Outcome> heads = Optional.empty();
    if (parts.heads().isPresent()) {
      HeadTraining training = new HeadTraining(tokenizer.files(), parts.heads().get(), seed);
      heads = Optional.of(training.run(splits, loop));
    }
    if (text.isEmpty()) {
      return new Trained(heads, Optional.empty());
    }
    ProbeSettings settings = parts.probe().orElseThrow();
    ProbeTraining training = new ProbeTraining(tokenizer.files(), settings, seed);
    return new Trained(
        heads, Optional.of(training.run(splits.first(TRAIN, settings.images()), text.get(), loop)));
  }

  private void write(
      Finished tokenizer, Optional<TrainedHeads> heads, Optional<TrainedProbe> probe, Path to)
      throws IOException {
    new Release(identity, tokenizer.files(), heads, probe)
        .write(to, Map.of(), UNMEASURED.formatted(identity.name(), identity.version()));
  }

  private Report measure(Corpus corpus, Path bundle, boolean compared, Optional<TextEncoder> text) {
    try (OpenBundle open = OpenBundle.of(Bundle.open(bundle))) {
      if (!compared) {
        return measured(corpus, open, Optional.empty(), text);
      }
      try (OpenBundle blind = OpenBundle.of(Bundle.open(folder.resolve(QUESTION_ONLY)))) {
        return measured(corpus, open, Optional.of(blind.served()), text);
      }
    }
  }

  private Report measured(
      Corpus corpus, OpenBundle open, Optional<Served> blind, Optional<TextEncoder> text) {
    Evaluation evaluation = new Evaluation(corpus, open.served(), blind, text, limit);
    try (ProgressBar bar = Bars.of("evaluate", 0, evaluation.images())) {
      return evaluation.run(bar::stepBy);
    }
  }

  private static void describe(Corpus corpus, Path bundle, Provenance made, Report report)
      throws IOException {
    BundleManifest manifest = Bundle.open(bundle).manifest();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("measuredBy", made.command());
    metrics.put(ModelCard.TOKENIZER, made.tokenizer());
    metrics.putAll(ReportJson.asMap(report));
    BundleWriter.describe(
        bundle, metrics, ModelCard.of(manifest, made, report, corpus.attribution()));
  }
}
