package io.lgvq.training.run;

import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.tokenizer.TrainedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  /** Runs a stage and those that it needs. */
  public void run(Stage stage) throws IOException {
    Files.createDirectories(folder);
    TrainingLoop loop = new TrainingLoop(folder, checkpointEvery, seed);
    TokenizerStage tokenizerStage = new TokenizerStage(preset, corpus, text, folder, seed);
    try (TrainedTokenizer tokenizer = tokenizerStage.run(loop)) {
      if (stage == Stage.TOKENIZER) {
        return;
      }
    }
  }
}
