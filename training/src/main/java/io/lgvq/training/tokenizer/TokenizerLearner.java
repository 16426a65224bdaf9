package io.lgvq.training.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.adversary.Adversary;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.array.Recording;
import io.lgvq.training.guidance.Guidance;
import io.lgvq.training.guidance.Guidance.Guided;
import io.lgvq.training.loop.Learner;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains encoder, codebook and decoder (LG-VQ, eqs. 1 and 2), with or without guidance (eq. 9),
 * with or without an adversary (VQ-GAN).
 *
 * <p>Decoder and guidance are differentiated at a leaf that holds the code vectors; what arrives
 * there is carried on into the encoder by one backward pass. That is the straight-through gradient
 * (the codes' gradient is the features'), and it shows the norm of each part at the codes for
 * nothing.
 *
 * <p>Threading: one thread. Owns its arrays and the data's thread.
 */
public final class TokenizerLearner implements Learner {

  private static final Logger LOG = LoggerFactory.getLogger(TokenizerLearner.class);
  private static final String NAME = "tokenizer";

  private final TokenizerSettings settings;
  private final String configuration;
  private final long seed;
  private final Optional<Guidance> guidance;
  private final Optional<Adversary> adversary;
  private final Prefetch<TokenizerStep> data;
  private final Optimized optimized;
  private final Encoder encoder;
  private final Reconstruction reconstruction;
  private final Parameter codebook;
  private final CodebookRule rule;
  private final CollapseWatch watch;
  private final DeadCodes dead;

  /**
   * @param configuration see {@link Learner#configuration()}
   * @param adversary makes a VQ-GAN of it; closed with the learner
   * @param data of each step; closed with the learner
   */
  public TokenizerLearner(
      TokenizerSettings settings,
      String configuration,
      long seed,
      Optional<Guidance> guidance,
      Optional<Adversary> adversary,
      Prefetch<TokenizerStep> data) {
    this.settings = settings;
    this.configuration = configuration;
    this.seed = seed;
    this.guidance = guidance;
    this.adversary = adversary;
    this.data = data;
    TokenizerShape shape = settings.shape();
    optimized = new Optimized(seed, settings.optimizer());
    encoder = new Encoder(shape);
    reconstruction = new Reconstruction(settings, optimized, adversary);
    codebook = CodebookParameter.of(shape);
    String advice = settings.quantizer().rule().advice();
    watch = new CollapseWatch(shape.codes(), settings.schedule().warmUp(), advice);
    dead = new DeadCodes(shape.codes(), advice);
    rule = CodebookRule.of(settings.quantizer(), shape.codes(), shape.dimension());
    if (!rule.descends()) {
      optimized.parameters().freeze(CodebookParameter.NAME);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String configuration() {
    return configuration;
  }

  @Override
  public int batch() {
    return settings.batch();
  }

  @Override
  public Map<String, Float> step(long step) {
    TokenizerStep batch = data.take(step);
    SplittableRandom random = new SplittableRandom(seed ^ (step + 1) * 0x9E3779B97F4A7C15L);
    Map<String, Float> report = new LinkedHashMap<>();
    try (NDManager scope = optimized.scope();
        Recording recording = Recording.open()) {
      ArrayOps ops = new ArrayOps(optimized.parameters(), scope);
      int side = settings.shape().imageSize();
      NDArray pixels = scope.create(batch.pixels(), new Shape(settings.batch(), 3, side, side));
      NDArray features = encoder.apply(ops, pixels);
      float[] values = features.toFloatArray();
      if (step == 0) {
        publish(rule.begin(values, random));
      }
      Assigned assigned = assign(ops, features);
      reconstruction.learn(recording, ops, assigned.vectors(), pixels, step, report);
      NDArray gradient =
          assigned.vectors().getGradient().add(commit(features, assigned.vectors(), report));
      if (guidance.isPresent()) {
        gradient = gradient.add(guide(recording, assigned, batch, report, step, random));
      }
      recording.backward(features, gradient, false);
      if (rule.descends()) {
        recording.backward(codebookLoss(ops, features, assigned, report));
      }
      report.put("gradient", optimized.step(settings.schedule().at(step)));
      float[] vectors = optimized.parameters().array(codebook).toFloatArray();
      CodebookRule.Moved moved = rule.after(step, vectors, values, assigned.codes(), random);
      report.put("restarted", (float) moved.placed());
      publish(moved.vectors());
      CodeUse use = CodeUse.of(assigned.codes(), settings.shape().codes());
      report.put("usage", use.share());
      report.put("perplexity", use.perplexity());
      watch.look(step, use.perplexity()).ifPresent(LOG::warn);
      dead.look(step, assigned.codes()).ifPresent(LOG::warn);
    }
    return report;
  }

  /**
   * Codes of a batch.
   *
   * @param vectors Z, a leaf, [B, n, d]
   * @param indices of its codes, [B, n]
   * @param codes the same, row-major
   */
  private record Assigned(NDArray vectors, NDArray indices, long[] codes) {}

  private Assigned assign(ArrayOps ops, NDArray features) {
    NDArray codes = ops.nearestCode(features, codebook);
    NDArray vectors = ops.embed(codes, codebook).stopGradient();
    vectors.setRequiresGradient(true);
    return new Assigned(vectors, codes, codes.toLongArray());
  }

  /** The gradient of the mean squared distance of the features to their codes, weighted. */
  private NDArray commit(NDArray features, NDArray vectors, Map<String, Float> report) {
    NDArray distance = features.stopGradient().sub(vectors.stopGradient());
    report.put("commitment", distance.square().mean().getFloat());
    return distance.mul(2 * settings.quantizer().commitment() / distance.size());
  }

  /** What pulls the codes to their features (eq. 2, second term): mean squared distance. */
  private NDArray codebookLoss(
      ArrayOps ops, NDArray features, Assigned assigned, Map<String, Float> report) {
    NDArray chosen = ops.embed(assigned.indices(), codebook);
    NDArray loss = chosen.sub(features.stopGradient()).square().mean();
    report.put("codebook", loss.getFloat());
    return loss;
  }

  /**
   * What guidance calls for. The norm that its shares are of is that of all images of the batch,
   * guided or not, and of all that the decoder learns from: in a VQ-GAN the perceptual distance is
   * in it and, from its start on, the adversary.
   */
  private NDArray guide(
      Recording recording,
      Assigned assigned,
      TokenizerStep batch,
      Map<String, Float> report,
      long step,
      SplittableRandom random) {
    var text = batch.text().orElseThrow();
    int rows = text.words().length;
    NDArray wanted = assigned.vectors().getGradient();
    Guided guided =
        guidance
            .orElseThrow()
            .guide(
                recording,
                assigned.vectors().stopGradient().get("0:" + rows),
                text,
                wanted.norm().getFloat(),
                step,
                settings.schedule().at(step) / settings.schedule().peak(),
                random);
    report.putAll(guided.losses());
    return filledUp(guided.gradient(), settings.batch());
  }

  /** The gradient of a whole batch, [B, n, d]: zeros for the images that are not guided. */
  static NDArray filledUp(NDArray guided, int batch) {
    Shape shape = guided.getShape();
    if (shape.get(0) == batch) {
      return guided;
    }
    Shape unguided = new Shape(batch - shape.get(0), shape.get(1), shape.get(2));
    return guided.concat(guided.getManager().zeros(unguided), 0);
  }

  private void publish(float[] vectors) {
    optimized.parameters().array(codebook).set(vectors);
  }

  /** Native arrays that are alive between two steps, guidance's and the adversary's included. */
  int alive() {
    return optimized.alive()
        + guidance.map(Guidance::alive).orElse(0)
        + adversary.map(Adversary::alive).orElse(0);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>(optimized.state());
    state.putAll(rule.state());
    guidance.ifPresent(guide -> state.putAll(guide.state()));
    adversary.ifPresent(opponent -> state.putAll(opponent.state()));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    optimized.restore(state);
    rule.restore(state);
    guidance.ifPresent(guide -> guide.restore(state));
    adversary.ifPresent(opponent -> opponent.restore(state));
  }

  @Override
  public void close() {
    data.close();
    adversary.ifPresent(Adversary::close);
    guidance.ifPresent(Guidance::close);
    optimized.close();
  }
}
