package io.lgvq.training.run;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.ModelCard.Provenance;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.ImageCodes;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.release.BundleStage;
import io.lgvq.training.release.BundleStage.Finished;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.HeadPlan;
import io.lgvq.training.release.KeptHeads;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.tokenizer.TrainedTokenizer;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole training in one folder, stage after stage. Each stage has checkpoints of its own, can be
 * run by itself, and is not repeated once finished. A folder is one training's: a second one, or
 * one with other settings, is refused. Threading: one thread.
 */
public final class TrainingRun {

  /** What can be run. */
  public enum Stage {
    /** Encoder, codebook and decoder. */
    TOKENIZER,
    /** Everything. */
    ALL
  }

  private final Preset preset;
  private final Optional<HeadPlan> plan;
  private final Corpus corpus;
  private final Teachers teachers;
  private final Path folder;
  private final long seed;
  private final Duration checkpointEvery;

  /** A run that trains all heads of its preset. */
  public TrainingRun(
      Preset preset,
      Corpus corpus,
      Teachers teachers,
      Path folder,
      long seed,
      Duration checkpointEvery) {
    this(preset, preset.plan(), corpus, teachers, folder, seed, checkpointEvery);
  }

  /**
   * @param plan of the heads; absent for a tokenizer alone
   * @param teachers opened only if they are needed
   * @param folder made if missing
   */
  public TrainingRun(
      Preset preset,
      Optional<HeadPlan> plan,
      Corpus corpus,
      Teachers teachers,
      Path folder,
      long seed,
      Duration checkpointEvery) {
    this.preset = preset;
    this.plan = plan;
    this.corpus = corpus;
    this.teachers = teachers;
    this.folder = folder;
    this.seed = seed;
    this.checkpointEvery = checkpointEvery;
  }

  /**
   * Runs a stage and those that it needs.
   *
   * @param making what the card says of how the bundle was made
   * @return what the finished bundle measures; empty if not all stages were asked for
   * @throws IllegalStateException if another training runs in the folder, or left there what was
   *     trained with other settings
   */
  public Optional<Report> run(Stage stage, Making making) throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      return alone(stage, making);
    }
  }

  private Optional<Report> alone(Stage stage, Making making) throws IOException {
    TrainingLoop loop = loop();
    TokenizerStage tokenizerStage = new TokenizerStage(preset, corpus, teachers, folder, seed);
    try (TrainedTokenizer tokenizer = tokenizerStage.run(loop)) {
      if (stage == Stage.TOKENIZER) {
        return Optional.empty();
      }
      Map<String, Tensor> tensors = tokenizer.tensors();
      TokenizerFiles files =
          TokenizerFiles.of(tokenizer.shape(), parameter -> tensors.get(parameter.name()).values());
      return Optional.of(release(new Finished(files, tokenizer::codes), loop, making));
    }
  }

  /**
   * Trains heads alone, on the tokenizer of a bundle, which goes into the new bundle as it is: same
   * files, same codebook digest, so that tokens made with either bundle can be read with both.
   *
   * @param keep whether heads of the bundle that the plan does not train stay in the new one
   * @param making what the card says of how the bundle was made
   * @return what the finished bundle measures
   * @throws IllegalStateException as {@link #run} does
   */
  public Report runOn(Bundle bundle, boolean keep, Making making) throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      return aloneOn(bundle, keep, making);
    }
  }

  private Report aloneOn(Bundle bundle, boolean keep, Making making) throws IOException {
    try (OpenBundle open = OpenBundle.of(bundle)) {
      Tokenizer tokenizer = open.served().tokenizer();
      ImageCodes codes =
          pictures ->
              tokenizer.apply(pictures).stream().map(tokens -> tokens.grid().codes()).toList();
      Set<Head> anew = plan.map(HeadPlan::heads).orElse(Set.of());
      Optional<KeptHeads> kept = keep ? Optional.of(new KeptHeads(bundle, anew)) : Optional.empty();
      Finished finished = new Finished(TokenizerFiles.of(bundle), codes, kept);
      return release(finished, loop(), making);
    }
  }

  private Report release(Finished tokenizer, TrainingLoop loop, Making making) throws IOException {
    return new BundleStage(
            making.identity(), plan, teachers, seed, folder, making.measured(), making.frechet())
        .run(corpus, tokenizer, loop, time -> provenance(making, time));
  }

  private TrainingLoop loop() {
    return new TrainingLoop(folder, checkpointEvery, seed);
  }

  /**
   * What a run cannot know of itself.
   *
   * @param identity of the bundle
   * @param command that makes it again
   * @param machine in words
   * @param tokenizer how the tokenizer came about, in sentences
   * @param measured most images a test split that are measured
   * @param frechet whether the Frechet distance is measured, for which {@link Teachers#eye} looks
   */
  public record Making(
      Identity identity,
      String command,
      String machine,
      String tokenizer,
      int measured,
      boolean frechet) {}

  private Provenance provenance(Making making, Duration time) {
    return new Provenance(making.command(), seed, time, making.machine(), making.tokenizer());
  }
}
