package io.lgvq.training;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.training.corpus.ChosenSplits;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.ModelCard;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.ReportTable;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.HeadPlan;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.run.Backbone;
import io.lgvq.training.run.Preset;
import io.lgvq.training.run.TrainingRun;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.run.TrainingRun.Stage;
import io.lgvq.training.teacher.Teachers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code train}: from a corpus to a bundle. Stops and goes on wherever it is interrupted; a stage
 * that is finished is not repeated.
 */
@Command(
    name = "train",
    description = "Trains a tokenizer with language guidance and its heads; goes on where it was.",
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

  @Option(
      names = "--preset",
      defaultValue = "small",
      description = "small, tiny, paper, or a YAML file (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--folder",
      defaultValue = "training-run",
      description = "Checkpoints, curves and results (default: ${DEFAULT-VALUE})")
  private Path folder;

  @Option(
      names = "--stage",
      defaultValue = "ALL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Stage stage;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides everything that is random (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of one operation (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--tokenizer",
      paramLabel = "BUNDLE",
      converter = BundleLocation.class,
      description = "Trains heads alone, on the tokenizer of this bundle, which stays as it is")
  private Optional<Path> tokenizer = Optional.empty();

  @Option(names = "--backbone", description = "vq-vae, vq-gan or cvq (default: the preset's)")
  private Optional<String> backbone = Optional.empty();

  @Option(
      names = "--guidance",
      split = ",",
      paramLabel = "LOSS",
      description = "Some of gsa, mtp and ras alone, with commas between (default: all)")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--heads",
      split = ",",
      paramLabel = "HEAD",
      description =
          "Some heads alone, of ${COMPLETION-CANDIDATES}, with commas between (default: all that the"
              + " preset has); text is the caption and answer head")
  private Set<Head> heads = EnumSet.noneOf(Head.class);

  @Option(
      names = "--keep",
      description = "Heads of the --tokenizer's bundle that are not trained stay in the new one")
  private boolean keep;

  @Option(names = "--plain", description = "Without language guidance, for comparison")
  private boolean plain;

  @Option(
      names = "--bundle-version",
      defaultValue = "1.0.0",
      description = "Travels in every token record (default: ${DEFAULT-VALUE})")
  private String version;

  @Option(
      names = "--measured",
      defaultValue = "1000",
      description = "Most images a test split that are measured (default: ${DEFAULT-VALUE})")
  private int measured;

  @Option(
      names = "--splits",
      split = ",",
      description =
          "Splits that are measured, with commas between: some for testing, or validation, which is"
              + " what settings are to be chosen by (default: all for testing)")
  private Set<String> splits = Set.of();

  @Option(
      names = "--no-frechet",
      description =
          "Leave out the Frechet distance, which needs npm's nsfwjs, fetched before the first step")
  private boolean withoutFrechet;

  @Spec private CommandSpec spec;

  @Option(
      names = "--checkpoint-minutes",
      defaultValue = "2",
      description = "Time between checkpoints (default: ${DEFAULT-VALUE})")
  private int checkpointMinutes;

  @Mixin private CorpusChoice corpora = new CorpusChoice();

  @Mixin private TextEncoderChoice encoders = new TextEncoderChoice();

  @Override
  public Integer call() throws IOException {
    TorchThreads.use(threads);
    if (tokenizer.isPresent() && (plain || stage == Stage.TOKENIZER)) {
      throw new ParameterException(
          spec.commandLine(), "--tokenizer trains heads alone, without --plain or --stage");
    }
    if (keep && (tokenizer.isEmpty() || heads.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--keep goes with --tokenizer and with the --heads to be trained");
    }
    Preset named = Preset.of(preset);
    Preset based = backbone.isEmpty() ? named : named.with(Backbone.named(backbone.get()));
    Preset chosen = based.guidedBy(plain ? Set.of() : parts);
    (tokenizer.isPresent() ? heads(chosen, Bundle.open(tokenizer.get())) : all(chosen))
        .ifPresent(
            report -> {
              spec.commandLine().getOut().println(ReportTable.of(report));
              spec.commandLine().getOut().flush();
            });
    return 0;
  }

  private Optional<Report> all(Preset chosen) throws IOException {
    String made =
        chosen.guidance().isPresent()
            ? "The tokenizer was guided by captions, read by "
                + encoders.words()
                + ": "
                + losses()
                + " (LG-VQ, equations 5 to 8)."
            : "The tokenizer was trained without language guidance.";
    return run(chosen, chosen.tokenizer().shape().imageSize()).run(stage, making(chosen, made));
  }

  private String losses() {
    List<String> words = new ArrayList<>();
    if (parts.contains(Part.GSA)) {
      words.add("alignment");
    }
    if (parts.contains(Part.MTP)) {
      words.add("masked words");
    }
    if (parts.contains(Part.RAS)) {
      words.add("relations of words");
    }
    return String.join(", ", words);
  }

  private Optional<Report> heads(Preset chosen, Bundle bundle) throws IOException {
    BundleManifest given = bundle.manifest();
    String made =
        "Heads alone were trained, on the tokenizer of %s %s (codebook %.12s).%s %s"
            .formatted(
                given.name(),
                given.version(),
                given.codebook().digest(),
                keep ? kept(given) : "",
                given.metrics().getOrDefault(ModelCard.TOKENIZER, "How it was made is not told."));
    return Optional.of(
        run(chosen, given.image().width()).runOn(bundle, keep, making(chosen, made)));
  }

  private static String kept(BundleManifest given) {
    Object command = given.metrics().get(ModelCard.MEASURED_BY);
    return command == null
        ? " Those that were not stay as they were."
        : " Those that were not stay as `%s` made them.".formatted(command);
  }

  private TrainingRun run(Preset chosen, int side) throws IOException {
    Optional<HeadPlan> plan = plan(chosen);
    Corpus corpus = measured(corpora.open(side, seed));
    if (stage == Stage.ALL && !withoutFrechet) {
      corpora.eyePackage(); // measuring needs it, and must not fail after hours of training
    }
    return new TrainingRun(
        chosen, plan, corpus, teachers(), folder, seed, Duration.ofMinutes(checkpointMinutes));
  }

  private Corpus measured(Corpus corpus) {
    try {
      return splits.isEmpty() ? corpus : new ChosenSplits(corpus, splits);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--splits: " + e.getMessage(), e);
    }
  }

  private Optional<HeadPlan> plan(Preset chosen) {
    if (heads.isEmpty()) {
      return chosen.plan();
    }
    try {
      return Optional.of(chosen.plan(heads));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--heads: " + e.getMessage(), e);
    }
  }

  private Making making(Preset chosen, String made) {
    String machine =
        "%d processors (%s), %d of them used by each operation"
            .formatted(
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"), threads);
    return new Making(
        new Identity("lgvq-" + chosen.name(), version, "Apache-2.0", chosen.name()),
        CommandAgain.of(spec.root().commandLine().getParseResult().originalArgs()),
        machine,
        made,
        measured,
        !withoutFrechet);
  }

  private Teachers teachers() {
    return new ChosenTeachers(corpora, encoders, true);
  }
}
