package io.lgvq.training.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.array.Recording;
import io.lgvq.training.weights.Tensor;
import java.util.Map;

/**
 * What VQ-GAN adds to the reconstruction: a perceptual distance, and a discriminator that learns to
 * tell reconstructions from pictures while the decoder learns to deceive it.
 *
 * <p>Gradients are computed at the reconstruction as a leaf, so the decoder is gone through
 * backwards once for all losses together.
 *
 * <p>Threading: one thread. Owns the discriminator's parameters until {@link #close()}; borrows the
 * perceptual distance.
 */
public final class Adversary implements AutoCloseable {

  private static final String STATE = "adversary.";

  private final AdversarySettings settings;
  private final PictureDistance perceptual;
  private final PatchDiscriminator discriminator;
  private final Optimized optimized;

  /**
   * @param perceptual compares reconstruction and picture
   * @param seed of the discriminator's first values
   */
  public Adversary(AdversarySettings settings, PictureDistance perceptual, long seed) {
    this.settings = settings;
    this.perceptual = perceptual;
    this.discriminator = new PatchDiscriminator(settings.channels(), settings.layers());
    this.optimized = new Optimized(seed, settings.optimizer());
  }

  /** The last layer of a decoder, as the adaptive weight needs it. */
  @FunctionalInterface
  public interface LastLayer {

    /** Norm of the gradient of its weights, given the gradient at the reconstruction. */
    float gradientNorm(NDArray gradient);
  }

  /** The pictures of a batch that are looked at. */
  private NDArray judged(NDArray pictures) {
    return settings.rows() < pictures.getShape().get(0)
        ? pictures.get("0:" + settings.rows())
        : pictures;
  }

  /** The perceptual distance, weighted; a scalar. */
  public NDArray perceptual(NDArray made, NDArray pixels, Map<String, Float> report) {
    NDArray distance = perceptual.of(judged(made), judged(pixels));
    report.put("perceptual", distance.getFloat());
    return ArrayOps.times(distance, settings.perceptual());
  }

  /**
   * The gradient at the reconstruction that the discriminator calls for, weighted; zeros before it
   * takes part.
   *
   * @param made the reconstruction as a leaf without gradient so far, [B, 3, H, W]
   * @param wanted the gradient there of all other losses
   */
  public NDArray gradient(
      Recording recording,
      NDArray made,
      NDArray wanted,
      LastLayer layer,
      long step,
      Map<String, Float> report) {
    report.put("adversarial", 0f);
    report.put("adversarial weight", 0f);
    if (step < settings.start()) {
      return wanted.zerosLike();
    }
    try (NDManager scope = optimized.scope()) {
      ArrayOps ops = new ArrayOps(optimized.parameters(), scope);
      NDArray loss = Hinge.generator(discriminator.apply(ops, judged(made)));
      report.put("adversarial", loss.getFloat());
      recording.backward(loss);
      optimized.forget();
    }
    NDArray gradient = Recording.take(made);
    float adaptive = AdaptiveWeight.of(layer.gradientNorm(wanted), layer.gradientNorm(gradient));
    report.put("adversarial weight", settings.weight() * adaptive);
    return ArrayOps.times(gradient, settings.weight() * adaptive);
  }

  /** Lets the discriminator learn from a step's pictures, once it takes part. */
  public void learn(
      Recording recording, NDArray made, NDArray pixels, long step, Map<String, Float> report) {
    report.put("discriminator", 0f);
    if (step < settings.start()) {
      return;
    }
    try (NDManager scope = optimized.scope()) {
      ArrayOps ops = new ArrayOps(optimized.parameters(), scope);
      NDArray loss =
          Hinge.discriminator(
              discriminator.apply(ops, judged(pixels).stopGradient()),
              discriminator.apply(ops, judged(made).stopGradient()));
      report.put("discriminator", loss.getFloat());
      recording.backward(loss);
    }
    optimized.step(settings.learningRate());
  }

  /** Native arrays that are alive. */
  public int alive() {
    return optimized.alive();
  }

  /** What the next step depends on. */
  public Map<String, Tensor> state() {
    return optimized.state(STATE);
  }

  /** Takes over what {@link #state()} gave; other entries are ignored. */
  public void restore(Map<String, Tensor> state) {
    optimized.restore(STATE, state);
  }

  @Override
  public void close() {
    optimized.close();
  }
}
