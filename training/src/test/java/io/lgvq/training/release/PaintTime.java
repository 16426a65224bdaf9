package io.lgvq.training.release;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.Holes;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.paint.PaintRequest;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.complete.CompleteLearner;
import io.lgvq.training.complete.CompleteNetwork;
import io.lgvq.training.complete.CompleteSettings;
import io.lgvq.training.complete.CompleteSize;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.head.Wordlist;
import io.lgvq.training.loop.Learner;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.paint.PaintData;
import io.lgvq.training.paint.PaintLearner;
import io.lgvq.training.paint.PaintNetwork;
import io.lgvq.training.paint.PaintSettings;
import io.lgvq.training.paint.PaintSize;
import io.lgvq.training.run.Preset;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How long the paint and the complete head take: one picture on one thread, from untrained networks
 * of the size of the preset {@code small}, and one step of their training. No test: times are of
 * one machine.
 */
public final class PaintTime {

  private PaintTime() {}

  /** Prints times; the argument is a number of training steps. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("paint-time");
    UntrainedBundle.write(folder, UntrainedBundle.small(), 128);
    var operators = BundleOperators.of(Bundle.open(folder), EngineSettings.cpu());
    for (float guidance : new float[] {1, 2}) {
      try (var painter = operators.painter(Sampling.standard(), guidance)) {
        var one = List.of(new PaintRequest("a red apple on the beach", 1));
        painter.apply(one);
        time("one picture, guidance " + guidance, 1, () -> painter.apply(one));
      }
    }
    try (var completer = operators.completer(Sampling.standard(), 8)) {
      TokenGrid grid = new TokenGrid(completer.codebook(), 16, 16, 1, new int[256]);
      Holes holes = Holes.of(256, IntStream.range(64, 128));
      var one = List.of(new CompleteRequest(grid, holes, OptionalLong.empty()));
      completer.apply(one);
      time("one completion, 8 rounds", 1, () -> completer.apply(one));
    }
    int steps = Integer.parseInt(arguments[0]);
    long palette = Preset.of("small").paint().orElseThrow().paletteSteps();
    steps("the palette of paint", paint(Preset.of("small")), 0, steps);
    steps("paint", paint(Preset.of("small")), palette, steps);
    steps("complete", complete(Preset.of("small")), 0, steps);
  }

  private static PaintLearner paint(Preset preset) {
    PaintSettings settings = preset.paint().orElseThrow();
    TokenizerShape shape = preset.tokenizer().shape();
    Vocabulary words = Wordlist.words(samples(shape), 1);
    PaintSize size =
        new PaintSize(
            shape.grid(),
            shape.grid(),
            shape.codes(),
            shape.dimension(),
            words.size(),
            24,
            settings.width(),
            settings.attentionHeads(),
            settings.layers());
    Parameter codebook = CodebookParameter.of(shape);
    Map<Parameter, Tensor> vectors = Map.of(codebook, Initialization.of(codebook, 1));
    return new PaintLearner(
        new PaintData(samples(shape), words, 24),
        settings,
        size,
        new PaintNetwork(size, codebook, 50),
        vectors,
        "random",
        1);
  }

  private static CompleteLearner complete(Preset preset) {
    CompleteSettings settings = preset.complete().orElseThrow();
    TokenizerShape shape = preset.tokenizer().shape();
    CompleteSize size =
        new CompleteSize(
            shape.grid(),
            shape.grid(),
            shape.codes(),
            shape.dimension(),
            settings.width(),
            settings.attentionHeads(),
            settings.blocks(),
            settings.layers());
    Tensor vectors = Initialization.of(CodebookParameter.of(shape), 1);
    return new CompleteLearner(
        samples(shape), settings, size, new CompleteNetwork(size, 50), vectors, "random", 1);
  }

  private static List<TokenizedSample> samples(TokenizerShape shape) {
    return IntStream.range(0, 64)
        .mapToObj(
            i ->
                new TokenizedSample(
                    new SplittableRandom(i).ints(shape.length(), 0, shape.codes()).toArray(),
                    List.of("a red apple left of a dog"),
                    List.of(),
                    List.of()))
        .toList();
  }

  private static void steps(String name, Learner learner, long from, int steps) {
    try (learner) {
      learner.step(from);
      time(
          "training of " + name + ", a step of " + learner.batch() + " images",
          steps,
          () -> {
            for (int step = 1; step <= steps; step++) {
              learner.step(from + step);
            }
          });
    }
  }

  private static void time(String what, int times, Runnable work) {
    var thread = ManagementFactory.getThreadMXBean();
    long wall = System.nanoTime();
    long cpu = thread.getCurrentThreadCpuTime();
    work.run();
    System.out.printf(
        "%s: %.3f s, %.3f s of this thread's CPU%n",
        what,
        (System.nanoTime() - wall) / 1e9 / times,
        (thread.getCurrentThreadCpuTime() - cpu) / 1e9 / times);
  }
}
