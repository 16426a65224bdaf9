package io.lgvq.training.throughput;

import ai.djl.engine.Engine;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.tokenizer.TokenizerLearner;
import io.lgvq.training.tokenizer.TokenizerSettings;
import io.lgvq.training.tokenizer.TokenizerStep;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The trainer of this module, on pictures of noise that are drawn beforehand: what a step costs
 * does not depend on what a picture shows, and drawing one is not what is compared.
 */
final class OwnTrainer implements StepTimer {

  private static final int BATCHES = 4;
  private static final int AHEAD = 1;

  private final TokenizerLearner learner;
  private long step;

  OwnTrainer(TokenizerSettings settings) {
    int side = settings.shape().imageSize();
    SplittableRandom random = new SplittableRandom(1);
    List<TokenizerStep> batches =
        IntStream.range(0, BATCHES)
            .mapToObj(i -> noise(settings.batch() * 3 * side * side, random))
            .toList();
    learner =
        new TokenizerLearner(
            settings,
            "bench",
            1,
            Optional.empty(),
            Optional.empty(),
            new Prefetch<>("noise", AHEAD, number -> batches.get((int) (number % BATCHES))));
    learner.step(step++); // parameters come to be in the first step
  }

  private static TokenizerStep noise(int values, SplittableRandom random) {
    float[] pixels = new float[values];
    for (int i = 0; i < values; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    return new TokenizerStep(pixels, Optional.empty());
  }

  @Override
  public long parameters() {
    return Optimized.parameters(learner.state()).values().stream()
        .mapToLong(tensor -> tensor.values().length)
        .sum();
  }

  @Override
  public String version() {
    return Engine.getEngine("PyTorch").getVersion();
  }

  @Override
  public double seconds(int steps) {
    long began = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      learner.step(step++);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  @Override
  public void close() {
    learner.close();
  }
}
