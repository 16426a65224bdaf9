package io.lgvq.training.run;

import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.ModelCard.Provenance;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.release.BundleStage;
import io.lgvq.training.release.BundleStage.Finished;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.tokenizer.TrainedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A whole training in one folder, stage after stage. Each stage has checkpoints of its own, can be
 * run by itself, and is not repeated once finished. Threading: one thread.
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
  private final Corpus corpus;
  private final Supplier<TextEncoder> text;
  private final Path folder;
  private final long seed;
  private final Duration checkpointEvery;

  /**
   * @param text opens the text encoder; asked only if it is needed
   * @param folder made if missing
   */
  public TrainingRun(
      Preset preset,
      Corpus corpus,
      Supplier<TextEncoder> text,
      Path folder,
      long seed,
      Duration checkpointEvery) {
    this.preset = preset;
    this.corpus = corpus;
    this.text = text;
    this.folder = folder;
    this.seed = seed;
    this.checkpointEvery = checkpointEvery;
  }

  /**
   * Runs a stage and those that it needs.
   *
   * @param making what the card says of how the bundle was made
   * @return what the finished bundle measures; empty if not all stages were asked for
   */
  public Optional<Report> run(Stage stage, Making making) throws IOException {
    Files.createDirectories(folder);
    Instant started = started();
    TrainingLoop loop = new TrainingLoop(folder, checkpointEvery, seed);
    TokenizerStage tokenizerStage = new TokenizerStage(preset, corpus, text, folder, seed);
    try (TrainedTokenizer tokenizer = tokenizerStage.run(loop)) {
      if (stage == Stage.TOKENIZER) {
        return Optional.empty();
      }
      Finished finished = new Finished(tokenizer.shape(), tokenizer::codes, tokenizer.tensors());
      return Optional.of(
          new BundleStage(making.identity(), preset.heads(), seed, folder, making.measured())
              .run(corpus, finished, loop, () -> provenance(making, started)));
    }
  }

  /**
   * What a run cannot know of itself.
   *
   * @param identity of the bundle
   * @param command that makes it again
   * @param machine in words
   * @param guidance what guided the tokenizer, in words
   * @param measured most images a test split that are measured
   */
  public record Making(
      Identity identity, String command, String machine, String guidance, int measured) {}

  private Provenance provenance(Making making, Instant started) {
    return new Provenance(
        making.command(),
        seed,
        Duration.between(started, Instant.now()),
        making.machine(),
        making.guidance());
  }

  /** When this folder's run began; kept in a file, for it may be interrupted. */
  private Instant started() throws IOException {
    Path file = folder.resolve("started");
    if (!Files.exists(file)) {
      Files.writeString(file, Instant.now().toString());
    }
    return Instant.parse(Files.readString(file));
  }
}
