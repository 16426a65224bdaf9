package io.lgvq.training.paint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Recording;
import io.lgvq.training.head.CodeLearner;
import io.lgvq.training.head.CrossEntropy;
import io.lgvq.training.head.Frozen;
import io.lgvq.training.head.Order;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Trains the prior on frozen tokens: every code is told from the caption and the codes before it,
 * and the loss is what the true ones surprise it by. Some images are shown without their caption.
 * In the first steps, and with less weight beside that, codes are told from the caption alone: what
 * is not known from the codes before is little, and drowns in what is, so that the words were
 * hardly heard at all (decision 010).
 *
 * <p>Threading: one thread. Owns its parameters until {@link #close()}.
 */
public final class PaintLearner extends CodeLearner {

  private final PaintData data;
  private final PaintSettings settings;
  private final PaintNetwork network;
  private final Order order;

  /**
   * @param network over the codebook
   * @param codebook the tokenizer's vectors, which stay as they are
   * @param origin what the data are made of, as text
   * @param seed of first values and of all draws
   */
  public PaintLearner(
      PaintData data,
      PaintSettings settings,
      PaintSize size,
      PaintNetwork network,
      Map<Parameter, Tensor> codebook,
      String origin,
      long seed) {
    super(
        new Course(
            "paint",
            "%s, %s, %s, %d images, seed %d".formatted(settings, size, origin, data.size(), seed),
            settings.batch(),
            settings.learningRate(),
            settings.warmUp(),
            settings.steps(),
            seed));
    this.data = data;
    this.settings = settings;
    this.network = network;
    this.order = new Order(data.size(), settings.batch(), seed);
    Frozen.codebook(optimized(), codebook);
  }

  @Override
  public Map<String, Float> step(long step) {
    PaintBatch batch =
        data.draw(
            order.images(step), settings.withoutText(), new SplittableRandom(seed() * 31 + step));
    Map<String, Float> losses = new LinkedHashMap<>();
    losses.put("palette", 0f);
    losses.put("code", 0f);
    try (NDManager scope = optimized().scope();
        Recording recording = Recording.open()) {
      NDArray loss = surpriseOfText(scope, batch);
      losses.put("palette", loss.getFloat());
      if (step >= settings.paletteSteps()) {
        NDArray surprise = surprise(scope, batch);
        losses.put("code", surprise.getFloat());
        loss = surprise.add(ArrayOps.times(loss, settings.paletteWeight()));
      }
      recording.backward(loss);
    }
    losses.put("gradient", move(step));
    return losses;
  }

  /**
   * Mean surprise at a code of some images, in nats; the logarithm of the number of codes is that
   * of somebody who knows nothing.
   *
   * @param held out of training
   * @param images how many of them at most, the first ones
   * @param told whether their captions are shown
   */
  public float nats(PaintData held, int images, boolean told) {
    return nats(held, images, told, this::surprise);
  }

  /** The same from the captions alone, whatever the codes before are. */
  public float natsOfText(PaintData held, int images) {
    return nats(held, images, true, this::surpriseOfText);
  }

  private float nats(
      PaintData held,
      int images,
      boolean told,
      BiFunction<NDManager, PaintBatch, NDArray> surprise) {
    double sum = 0;
    int count = Math.min(images, held.size());
    try (Recording paused = Recording.paused()) {
      for (int image = 0; image < count; image++) {
        PaintBatch batch =
            held.draw(new int[] {image}, told ? 0 : 1, new SplittableRandom(seed() + image));
        try (NDManager scope = optimized().scope()) {
          sum += surprise.apply(scope, batch).getFloat();
        }
      }
    }
    return (float) (sum / count);
  }

  private NDArray surprise(NDManager scope, PaintBatch batch) {
    ArrayOps ops = new ArrayOps(optimized().parameters(), scope);
    NDArray words = array(scope, batch.words(), batch.images());
    NDArray codes = array(scope, batch.codes(), batch.images());
    return CrossEntropy.of(network.scores(ops, words, codes), batch.codes());
  }

  private NDArray surpriseOfText(NDManager scope, PaintBatch batch) {
    ArrayOps ops = new ArrayOps(optimized().parameters(), scope);
    NDArray words = array(scope, batch.words(), batch.images());
    return CrossEntropy.of(network.scoresOfText(ops, words), batch.codes());
  }

  private static NDArray array(NDManager scope, int[] values, int rows) {
    return scope.create(values, new Shape(rows, values.length / rows));
  }
}
