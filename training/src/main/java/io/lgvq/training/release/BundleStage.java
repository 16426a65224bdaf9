package io.lgvq.training.release;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.training.codebook.CodebookPicture;
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
import io.lgvq.training.head.HeadTraining;
import io.lgvq.training.head.ImageCodes;
import io.lgvq.training.loop.Bars;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.probe.ProbeTraining;
import io.lgvq.training.reference.OrdinaryImages;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.TextEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;

/**
 * Last stage of a training: heads on the finished tokenizer, then the bundle, its measures and its
 * card with a picture of the codebook, in which codes that no measured image has are struck out.
 * Leaves in the folder of the run {@code bundle/}, {@code question-only/} (a bundle whose answer
 * head never saw an image; the baseline of {@code evaluate}) and {@code report.json}.
 *
 * <p>Threading: one thread.
 */
public final class BundleStage {

  /** Folder of the bundle within the run's. */
  public static final String BUNDLE = "bundle";

  /** Folder of the baseline within the run's. */
  public static final String QUESTION_ONLY = "question-only";

  /** So many times the images of a test split make the reference. */
  private static final int REFERENCE = 4;

  private static final String UNMEASURED = "# %s %s\n\nNot measured yet.\n";

  private final Identity identity;
  private final Optional<HeadPlan> plan;
  private final Teachers teachers;
  private final long seed;
  private final Path folder;
  private final int limit;
  private final boolean frechet;

  /**
   * @param plan of the heads; absent for a bundle of a tokenizer alone
   * @param teachers the reader is opened only if there are language graphs, the eye to measure
   * @param folder of the run
   * @param limit most images a test split that are measured; four times as many of the validation
   *     split make the bundle's reference, if they are enough
   * @param frechet whether the Frechet distance is measured too
   */
  public BundleStage(
      Identity identity,
      Optional<HeadPlan> plan,
      Teachers teachers,
      long seed,
      Path folder,
      int limit,
      boolean frechet) {
    this.identity = identity;
    this.plan = plan;
    this.teachers = teachers;
    this.seed = seed;
    this.folder = folder;
    this.limit = limit;
    this.frechet = frechet;
  }

  /**
   * A finished tokenizer.
   *
   * @param files as it is served
   * @param codes what it makes of pictures
   * @param kept heads on it that are there already and stay
   */
  public record Finished(TokenizerFiles files, ImageCodes codes, Optional<KeptHeads> kept) {

    /** A tokenizer on which there are no heads yet. */
    public Finished(TokenizerFiles files, ImageCodes codes) {
      this(files, codes, Optional.empty());
    }
  }

  /**
   * Runs, or goes on where the loop's folder has checkpoints.
   *
   * @param provenance asked when training is over, with the time that its steps took
   */
  public Report run(
      Corpus corpus,
      Finished tokenizer,
      TrainingLoop loop,
      Function<Duration, Provenance> provenance)
      throws IOException {
    if (plan.flatMap(HeadPlan::probe).isEmpty()) {
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
      Function<Duration, Provenance> provenance)
      throws IOException {
    HeadStage.Outcome heads =
        plan.isPresent()
            ? new HeadStage(plan.get(), tokenizer, seed).run(corpus, text, loop)
            : HeadStage.Outcome.none();
    Path bundle = folder.resolve(BUNDLE);
    write(
        new Release(
            identity,
            tokenizer.files(),
            heads.text().map(HeadTraining.Outcome::heads),
            heads.painter(),
            heads.completer(),
            heads.probe().map(ProbeTraining.Outcome::probe),
            tokenizer.kept()),
        bundle);
    if (heads.compared()) {
      write(
          new Release(
              identity,
              tokenizer.files(),
              heads.text().flatMap(HeadTraining.Outcome::questionOnly),
              Optional.empty(),
              Optional.empty(),
              heads.probe().map(ProbeTraining.Outcome::blind),
              Optional.empty()),
          folder.resolve(QUESTION_ONLY));
    }
    Provenance made = provenance.apply(loop.stepTime());
    refer(corpus, bundle);
    Measured measured = measure(corpus, bundle, heads.compared(), text);
    Report report =
        tokenizer
            .kept()
            .map(KeptHeads::blind)
            .map(of -> of.in(measured.report()))
            .orElse(measured.report());
    Files.writeString(folder.resolve("report.json"), ReportJson.of(report) + "\n");
    Map<String, Object> measures =
        new LinkedHashMap<>(tokenizer.kept().map(KeptHeads::measures).orElse(Map.of()));
    measures.putAll(heads.measures());
    describe(corpus, bundle, made, new Measured(report, measured.codebook()), measures);
    return report;
  }

  private void write(Release release, Path to) throws IOException {
    release.write(to, Map.of(), UNMEASURED.formatted(identity.name(), identity.version()));
  }

  private void refer(Corpus corpus, Path bundle) throws IOException {
    OrdinaryImages ordinary =
        new OrdinaryImages(
            corpus,
            OrdinaryImages.SPLIT,
            (int) Math.min(Integer.MAX_VALUE, REFERENCE * (long) limit));
    if (!ordinary.enough()) {
      return; // the bundle works without, but for the stage drift, which says what is missing
    }
    try (OpenBundle open = OpenBundle.of(Bundle.open(bundle));
        ProgressBar bar = Bars.of("reference", 0, ordinary.count())) {
      CodeReference reference =
          ordinary
              .measured(open.served().tokenizer(), UnaryOperator.identity(), bar::stepBy)
              .result(
                  open.served().tokenizer().codebook().digest(),
                  ordinary.described() + ", by ./lgvq train");
      BundleWriter.refer(bundle, reference, Optional.empty());
    }
  }

  private record Measured(Report report, byte[] codebook) {}

  private Measured measure(
      Corpus corpus, Path bundle, boolean compared, Optional<TextEncoder> text) {
    Bundle made = Bundle.open(bundle);
    GridShape grid = made.manifest().grid();
    try (OpenBundle open = OpenBundle.of(made)) {
      if (!compared) {
        return measured(corpus, open, grid, Optional.empty(), text);
      }
      try (OpenBundle blind = OpenBundle.of(Bundle.open(folder.resolve(QUESTION_ONLY)))) {
        return measured(corpus, open, grid, Optional.of(blind.served()), text);
      }
    }
  }

  private Measured measured(
      Corpus corpus,
      OpenBundle open,
      GridShape grid,
      Optional<Served> blind,
      Optional<TextEncoder> text) {
    if (!frechet) {
      return measured(corpus, open, grid, blind, text, Optional.empty());
    }
    try (MobileNet eye = teachers.eye()) {
      return measured(corpus, open, grid, blind, text, Optional.of(eye));
    }
  }

  private Measured measured(
      Corpus corpus,
      OpenBundle open,
      GridShape grid,
      Optional<Served> blind,
      Optional<TextEncoder> text,
      Optional<MobileNet> eye) {
    Evaluation evaluation =
        new Evaluation(corpus, open.served(), blind, text, eye, limit, Evaluation.MADE);
    try (ProgressBar bar = Bars.of("evaluate", 0, evaluation.images())) {
      Report report = evaluation.run(bar::stepBy);
      CodebookPicture picture =
          CodebookPicture.of(open.served().reconstructor(), grid, codes -> {});
      return new Measured(report, picture.marking(evaluation.codes()).png());
    }
  }

  private static void describe(
      Corpus corpus, Path bundle, Provenance made, Measured measured, Map<String, Object> measures)
      throws IOException {
    BundleManifest manifest = Bundle.open(bundle).manifest();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put(ModelCard.MEASURED_BY, made.command());
    metrics.put(ModelCard.TOKENIZER, made.tokenizer());
    metrics.putAll(ReportJson.asMap(measured.report()));
    metrics.putAll(measures);
    String card = ModelCard.of(manifest, made, measured.report(), corpus.attribution());
    BundleWriter.describe(
        bundle,
        metrics,
        Map.of(
            BundleWriter.CARD,
            card.getBytes(StandardCharsets.UTF_8),
            CodebookPicture.FILE,
            measured.codebook()));
  }
}
