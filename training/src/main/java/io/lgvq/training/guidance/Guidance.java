package io.lgvq.training.guidance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.lgvq.training.alignment.CaptionText;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.array.Recording;
import io.lgvq.training.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The language side of LG-VQ: the three losses of eqs. 5 to 8 on the code vectors of a batch, and
 * the gradient there that their weighted sum (eq. 9) calls for.
 *
 * <p>Plugs into any tokenizer: it sees code vectors only, and what it gives back is a gradient at
 * them. Its own parameters are of no use after training. They have an optimizer of their own: a
 * clip of the gradients' common norm would let guidance decide how far the tokenizer moves.
 *
 * <p>Threading: one thread. Owns its parameters until {@link #close()}.
 */
public final class Guidance implements AutoCloseable {

  private static final String STATE = "guidance.";

  private static final List<String> NAMES = List.of("alignment", "words", "relations");
  private static final int ALIGNMENT = 0;
  private static final int WORDS = 1;
  private static final int RELATIONS = 2;

  private final LanguageNetworks networks;
  private final GradientBalance balance;
  private final float learningRate;
  private final Optimized optimized;

  /**
   * @param networks over the tokenizer's grid
   * @param optimizer of the networks
   * @param seed of their first values
   */
  public Guidance(
      GuidanceSettings settings, LanguageNetworks networks, AdamW.Settings optimizer, long seed) {
    this.networks = networks;
    balance = new GradientBalance(settings.weights());
    learningRate = settings.learningRate();
    optimized = new Optimized(seed, optimizer);
    networks.prepare(optimized.parameters());
  }

  /**
   * What a step of guidance gives.
   *
   * @param gradient of the weighted sum at the code vectors, [rows, n, d]
   * @param losses each loss and its weight, by name
   */
  public record Guided(NDArray gradient, Map<String, Float> losses) {}

  /**
   * Computes losses and gradients, and lets the guiding networks learn.
   *
   * @param vectors code vectors of the guided images, [rows, n, d]; not differentiated through
   * @param reconstructionNorm what the weights' shares are shares of: the norm of the
   *     reconstruction's gradient at the code vectors. {@code TokenizerLearner} gives that of its
   *     whole batch, of which {@code vectors} are the first rows; see {@link
   *     GuidanceSettings.Weights}
   * @param pace the step's learning rate as a share of its peak
   * @param random draws the hidden words
   * @return the gradient belongs to the manager of the vectors
   */
  public Guided guide(
      Recording recording,
      NDArray vectors,
      CaptionText text,
      float reconstructionNorm,
      long step,
      float pace,
      SplittableRandom random) {
    try (NDManager scope = optimized.scope()) {
      NDArray leaf = vectors.duplicate();
      leaf.setRequiresGradient(true);
      ArrayOps ops = new ArrayOps(optimized.parameters(), scope);
      SortedMap<Integer, NDArray> losses = losses(ops, leaf, text, random);
      Guided guided = guided(recording, leaf, losses, reconstructionNorm, step);
      guided.gradient().attach(vectors.getManager());
      optimized.step(pace * learningRate);
      return guided;
    }
  }

  private Guided guided(
      Recording recording,
      NDArray leaf,
      SortedMap<Integer, NDArray> losses,
      float reconstructionNorm,
      long step) {
    Map<String, Float> report = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      report.put(NAMES.get(i), losses.containsKey(i) ? losses.get(i).getFloat() : 0);
    }
    NDArray gradient =
        balance.measures(step)
            ? measured(recording, leaf, losses, reconstructionNorm)
            : together(recording, leaf, losses);
    for (int i = 0; i < NAMES.size(); i++) {
      report.put(NAMES.get(i) + " weight", balance.weight(i));
    }
    return new Guided(gradient, report);
  }

  /** The losses that take part, by their place in eq. 9; what does not costs nothing. */
  private SortedMap<Integer, NDArray> losses(
      ArrayOps ops, NDArray vectors, CaptionText text, SplittableRandom random) {
    Seen<NDArray> seen = networks.see(ops, vectors);
    SortedMap<Integer, NDArray> losses = new TreeMap<>();
    if (balance.takesPart(ALIGNMENT)) {
      losses.put(ALIGNMENT, networks.alignment(ops, seen, text));
    }
    if (balance.takesPart(WORDS)) {
      losses.put(WORDS, networks.words(ops, seen, text, random));
    }
    if (balance.takesPart(RELATIONS)) {
      losses.put(RELATIONS, networks.relations(ops, vectors, seen, text));
    }
    return losses;
  }

  private NDArray together(Recording recording, NDArray leaf, SortedMap<Integer, NDArray> losses) {
    NDArray total =
        losses.entrySet().stream()
            .map(loss -> ArrayOps.times(loss.getValue(), balance.weight(loss.getKey())))
            .reduce(NDArray::add)
            .orElseThrow();
    recording.backward(total);
    return Recording.take(leaf);
  }

  /** One backward pass a loss, so that each has a gradient of its own to measure. */
  private NDArray measured(
      Recording recording,
      NDArray leaf,
      SortedMap<Integer, NDArray> losses,
      float reconstructionNorm) {
    NDArray sum = leaf.zerosLike();
    for (int i : losses.keySet()) {
      float weight = balance.weight(i);
      recording.backward(ArrayOps.times(losses.get(i), weight), i < losses.lastKey());
      NDArray gradient = Recording.take(leaf);
      if (weight > 0) {
        balance.measure(i, gradient.norm().getFloat() / weight, reconstructionNorm);
      }
      sum = sum.add(gradient);
    }
    return sum;
  }

  /** Native arrays that are alive. */
  public int alive() {
    return optimized.alive();
  }

  /** What the next step depends on. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>(balance.state());
    state.putAll(optimized.state(STATE));
    return state;
  }

  /** Takes over what {@link #state()} gave; other entries are ignored. */
  public void restore(Map<String, Tensor> state) {
    balance.restore(state);
    optimized.restore(STATE, state);
  }

  @Override
  public void close() {
    optimized.close();
  }
}
