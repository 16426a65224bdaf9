package io.lgvq.training.tokenizer;

import ai.djl.ndarray.NDArray;
import io.lgvq.training.adversary.Adversary;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.array.Recording;
import java.util.Map;
import java.util.Optional;

/**
 * What the decoder learns from: the error of its pixels and, in a VQ-GAN, how its pictures look to
 * a trained eye and to an adversary.
 *
 * <p>Threading: one thread. Borrows parameters and adversary.
 */
final class Reconstruction {

  private static final double SQUARED_RANGE = 4;

  private final TokenizerSettings settings;
  private final Decoder decoder;
  private final Optimized optimized;
  private final Optional<Adversary> adversary;

  Reconstruction(TokenizerSettings settings, Optimized optimized, Optional<Adversary> adversary) {
    this.settings = settings;
    this.decoder = new Decoder(settings.shape());
    this.optimized = optimized;
    this.adversary = adversary;
  }

  /**
   * Trains the decoder; the gradient arrives at the code vectors.
   *
   * @param vectors Z, a leaf, [B, n, d]
   * @param pixels of the pictures, [B, 3, H, W]
   * @param report takes the losses
   */
  void learn(
      Recording recording,
      ArrayOps ops,
      NDArray vectors,
      NDArray pixels,
      long step,
      Map<String, Float> report) {
    NDArray hidden = decoder.body(ops, vectors);
    NDArray made = decoder.last(ops, hidden);
    if (adversary.isEmpty()) {
      recording.backward(error(ops, made, pixels, report));
      return;
    }
    NDArray leaf = made.stopGradient().duplicate();
    leaf.setRequiresGradient(true);
    NDArray seen = adversary.get().perceptual(leaf, pixels, report);
    recording.backward(error(ops, leaf, pixels, report).add(seen));
    NDArray wanted = Recording.take(leaf);
    NDArray before = hidden.stopGradient();
    NDArray deceiving =
        adversary
            .get()
            .gradient(
                recording,
                leaf,
                wanted,
                gradient -> lastNorm(recording, ops, before, gradient),
                step,
                report);
    recording.backward(made, wanted.add(deceiving), false);
    adversary.get().learn(recording, made, pixels, step, report);
  }

  /** Absolute and squared error of the pixels, weighted. */
  private NDArray error(ArrayOps ops, NDArray made, NDArray pixels, Map<String, Float> report) {
    NDArray difference = made.sub(pixels);
    NDArray absolute = difference.abs().mean();
    NDArray squared = difference.square().mean();
    NDArray loss =
        ops.scale(absolute, settings.absolute()).add(ops.scale(squared, settings.squared()));
    report.put("reconstruction", loss.getFloat());
    report.put("psnr", (float) (10 * Math.log10(SQUARED_RANGE / squared.getFloat())));
    return loss;
  }

  /** Norm of the gradient of the last layer's weights, given the one at the reconstruction. */
  float lastNorm(Recording recording, ArrayOps ops, NDArray hidden, NDArray gradient) {
    NDArray weight = optimized.parameters().array(decoder.lastWeight());
    recording.backward(decoder.last(ops, hidden), gradient, false);
    // Both would live as long as the weights: an array belongs to the manager that it came from.
    try (NDArray arrived = weight.getGradient();
        NDArray norm = arrived.norm()) {
      return norm.getFloat();
    } finally {
      optimized.forget();
    }
  }
}
