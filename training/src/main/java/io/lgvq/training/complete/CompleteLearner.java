package io.lgvq.training.complete;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Recording;
import io.lgvq.training.head.CodeLearner;
import io.lgvq.training.head.CrossEntropy;
import io.lgvq.training.head.Frozen;
import io.lgvq.training.head.Order;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the network that fills holes, on frozen tokens: codes are hidden by {@link HolePattern}
 * and the loss is what the hidden ones surprise it by. Codes that are shown cost nothing.
 *
 * <p>Threading: one thread. Owns its parameters until {@link #close()}.
 */
public final class CompleteLearner extends CodeLearner {

  private final List<TokenizedSample> samples;
  private final CompleteNetwork network;
  private final HolePattern pattern;
  private final int hole;
  private final Order order;

  /**
   * @param samples what is learnt from; one at least
   * @param codebook the tokenizer's vectors [K, d], which stay as they are
   * @param origin what the samples are made of, as text
   * @param seed of first values and of all draws
   */
  public CompleteLearner(
      List<TokenizedSample> samples,
      CompleteSettings settings,
      CompleteSize size,
      CompleteNetwork network,
      Tensor codebook,
      String origin,
      long seed) {
    super(
        new Course(
            "complete",
            "%s, %s, %s, %d images, seed %d"
                .formatted(settings, size, origin, samples.size(), seed),
            settings.batch(),
            settings.learningRate(),
            settings.warmUp(),
            settings.steps(),
            seed));
    this.samples = samples;
    this.network = network;
    this.pattern = new HolePattern(size.gridHeight(), size.gridWidth());
    this.hole = size.codes();
    this.order = new Order(samples.size(), settings.batch(), seed);
    Frozen.codebook(optimized(), frozen(network, codebook));
  }

  private static Map<Parameter, Tensor> frozen(CompleteNetwork network, Tensor codebook) {
    Parameter vectors = network.vectors();
    int dimension = vectors.shape().get(1).intValue();
    float[] values =
        Arrays.copyOf(codebook.values(), vectors.shape().get(0).intValue() * dimension);
    return Map.of(vectors, new Tensor(vectors.shape(), values));
  }

  @Override
  public Map<String, Float> step(long step) {
    CompleteBatch batch =
        CompleteBatch.draw(
            samples, order.images(step), hole, pattern, new SplittableRandom(seed() * 31 + step));
    Map<String, Float> losses = new LinkedHashMap<>();
    try (NDManager scope = optimized().scope();
        Recording recording = Recording.open()) {
      NDArray scores = scores(scope, batch);
      NDArray surprise = CrossEntropy.of(scores, batch.hidden());
      losses.put("hidden", surprise.getFloat());
      losses.put("right", CrossEntropy.right(scores, batch.hidden()));
      recording.backward(surprise);
    }
    losses.put("gradient", move(step));
    return losses;
  }

  /**
   * How well hidden codes of some images are told.
   *
   * @param nats mean surprise at a hidden code
   * @param right share of the hidden codes that were held for the likeliest
   */
  public record Told(float nats, float right) {}

  /**
   * Measures on images.
   *
   * @param held out of training
   * @param images how many of them at most, the first ones
   */
  public Told measure(List<TokenizedSample> held, int images) {
    double nats = 0;
    double right = 0;
    int count = Math.min(images, held.size());
    try (Recording paused = Recording.paused()) {
      for (int image = 0; image < count; image++) {
        CompleteBatch batch =
            CompleteBatch.draw(
                held, new int[] {image}, hole, pattern, new SplittableRandom(seed() + image));
        try (NDManager scope = optimized().scope()) {
          NDArray scores = scores(scope, batch);
          nats += CrossEntropy.of(scores, batch.hidden()).getFloat();
          right += CrossEntropy.right(scores, batch.hidden());
        }
      }
    }
    return new Told((float) (nats / count), (float) (right / count));
  }

  private NDArray scores(NDManager scope, CompleteBatch batch) {
    int places = batch.grids().length / batch.images();
    NDArray grids = scope.create(batch.grids(), new Shape(batch.images(), places));
    return network.scores(new ArrayOps(optimized().parameters(), scope), grids);
  }
}
