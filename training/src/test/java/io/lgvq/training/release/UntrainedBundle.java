package io.lgvq.training.release;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.complete.CompleteGraph;
import io.lgvq.training.complete.CompleteNetwork;
import io.lgvq.training.complete.CompleteSize;
import io.lgvq.training.complete.TrainedCompleter;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.Calibration;
import io.lgvq.training.head.HeadGraphs;
import io.lgvq.training.head.HeadNetworks;
import io.lgvq.training.head.HeadSize;
import io.lgvq.training.head.TrainedHeads;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.paint.PaintGraphs;
import io.lgvq.training.paint.PaintNetwork;
import io.lgvq.training.paint.PaintSize;
import io.lgvq.training.paint.TrainedPainter;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.tokenizer.TokenizerShape.Level;
import io.lgvq.training.tokenizer.TokenizerShape.Stem;
import io.lgvq.training.weights.Initialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A bundle with the right graphs and no knowledge, for tests that need one that runs. */
public final class UntrainedBundle {

  private static final List<String> WORDS =
      List.of(
          ("a an the of on in is what how many where which to left right above below there are two three"
                  + " four cat dog bus tree apple beach red green blue object color")
              .split(" "));

  private static final List<String> ANSWERS =
      List.of("cat", "dog", "bus", "tree", "apple", "beach", "red", "green", "blue", "two");

  private static final String CARD = "# Untrained\n\nRandom weights, for tests.\n";

  /** The random vectors deviate by 0.02. */
  private static final float SCALE = 50;

  /** Seed of the weights. */
  static final long SEED = 17;

  private static final Vocabulary VOCABULARY = vocabulary();

  private UntrainedBundle() {}

  /** The architecture of the {@code small} preset. */
  public static TokenizerShape small() {
    return new TokenizerShape(64, new Stem(6, 4, 1), List.of(new Level(64, 2, false)), 2, 512, 64);
  }

  /** An architecture for tests: 32 x 32 pixels, 8 x 8 codes. */
  public static TokenizerShape tiny() {
    return new TokenizerShape(32, new Stem(6, 4, 1), List.of(new Level(16, 1, false)), 1, 64, 8);
  }

  /** Writes a bundle with random weights. */
  public static void write(Path folder, TokenizerShape shape, int width) throws IOException {
    write(folder, shape, width, SEED);
  }

  /** Writes a bundle with random weights of a seed. */
  public static void write(Path folder, TokenizerShape shape, int width, long seed)
      throws IOException {
    Function<Parameter, float[]> weights = parameter -> Initialization.of(parameter, seed).values();
    HeadGraphs graphs = new HeadGraphs(size(shape, width), networks(shape, width), weights);
    new Release(
            new Release.Identity("untrained", "0.0.1", "Apache-2.0", "small"),
            TokenizerFiles.of(shape, weights),
            Optional.of(
                new TrainedHeads(graphs, true, VOCABULARY, ANSWERS, new Calibration(1.5f, 0.3f))),
            Optional.of(painter(shape, width, 4, weights)),
            Optional.of(completer(shape, width, 4, weights)),
            Optional.empty(),
            Optional.empty())
        .write(folder, Map.of(), CARD);
  }

  /** Writes a bundle with random weights that paints and completes and does nothing else. */
  private static void writePainter(Path folder) throws IOException {
    TokenizerShape shape =
        new TokenizerShape(32, new Stem(6, 4, 1), List.of(new Level(8, 1, false)), 1, 32, 4);
    Function<Parameter, float[]> weights = parameter -> Initialization.of(parameter, SEED).values();
    new Release(
            new Release.Identity("untrained", "0.0.1", "Apache-2.0", "none"),
            TokenizerFiles.of(shape, weights),
            Optional.empty(),
            Optional.of(painter(shape, 16, 2, weights)),
            Optional.of(completer(shape, 16, 2, weights)),
            Optional.empty(),
            Optional.empty())
        .write(folder, Map.of(), CARD);
  }

  private static TrainedPainter painter(
      TokenizerShape shape, int width, int layers, Function<Parameter, float[]> weights) {
    PaintSize size =
        new PaintSize(
            shape.grid(),
            shape.grid(),
            shape.codes(),
            shape.dimension(),
            VOCABULARY.size(),
            24,
            width,
            4,
            layers);
    PaintNetwork network = new PaintNetwork(size, CodebookParameter.of(shape), SCALE);
    return new TrainedPainter(new PaintGraphs(size, network, weights), VOCABULARY, Map.of());
  }

  private static TrainedCompleter completer(
      TokenizerShape shape, int width, int layers, Function<Parameter, float[]> weights) {
    CompleteSize size =
        new CompleteSize(
            shape.grid(), shape.grid(), shape.codes(), shape.dimension(), width, 4, 1, layers);
    CompleteNetwork network = new CompleteNetwork(size, SCALE);
    return new TrainedCompleter(new CompleteGraph(size, network, weights), Map.of());
  }

  /** The heads of such a bundle. */
  public static HeadNetworks networks(TokenizerShape shape, int width) {
    return HeadNetworks.of(size(shape, width), CodebookParameter.of(shape), SCALE);
  }

  private static HeadSize size(TokenizerShape shape, int width) {
    return new HeadSize(
        shape.grid(),
        shape.grid(),
        shape.codes(),
        shape.dimension(),
        width,
        4,
        width / 2,
        1,
        2,
        2,
        VOCABULARY.size(),
        ANSWERS.size(),
        24,
        16);
  }

  private static Vocabulary vocabulary() {
    List<String> words = new ArrayList<>(Vocabulary.SPECIAL);
    words.addAll(WORDS);
    return new Vocabulary(words);
  }

  /**
   * Writes a bundle of the small architecture into the folder that is named; with a second argument
   * {@code painter} the one that tests of other modules paint with.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    if (arguments.length > 1 && arguments[1].equals("painter")) {
      writePainter(folder);
    } else {
      write(folder, small(), 128);
    }
  }
}
