package io.lgvq.training.guidance;

import ai.djl.ndarray.NDArray;
import io.lgvq.training.alignment.CaptionText;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
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
 * them. Its own parameters are of no use after training. Threading: one thread.
 */
public final class Guidance {

  private static final List<String> NAMES = List.of("alignment", "words", "relations");
  private static final int ALIGNMENT = 0;
  private static final int WORDS = 1;
  private static final int RELATIONS = 2;

  private final LanguageNetworks networks;
  private final GradientBalance balance;

  /**
   * @param networks over the tokenizer's grid
   */
  public Guidance(GuidanceSettings settings, LanguageNetworks networks) {
    this.networks = networks;
    balance = new GradientBalance(settings.weights());
  }

  /** Puts what is frozen among the parameters; to be called before their first use. */
  public void prepare(ParameterStore parameters) {
    networks.prepare(parameters);
  }

  /**
   * What a step of guidance gives.
   *
   * @param gradient of the weighted sum at the code vectors, [rows, n, d]
   * @param losses each loss and its weight, by name
   */
  public record Guided(NDArray gradient, Map<String, Float> losses) {}

  /**
   * Computes losses and gradients; those of guidance's own parameters add up in them.
   *
   * @param vectors code vectors of the guided images, [rows, n, d]; not differentiated through
   * @param reconstructionNorm norm of the reconstruction's gradient at the same vectors
   * @param random draws the hidden words
   */
  public Guided guide(
      Recording recording,
      ArrayOps ops,
      NDArray vectors,
      CaptionText text,
      float reconstructionNorm,
      long step,
      SplittableRandom random) {
    NDArray leaf = vectors.duplicate();
    leaf.setRequiresGradient(true);
    SortedMap<Integer, NDArray> losses = losses(ops, leaf, text, random);
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

  /** What the next step depends on, besides the parameters. */
  public Map<String, Tensor> state() {
    return balance.state();
  }

  /** Takes over what {@link #state()} gave. */
  public void restore(Map<String, Tensor> state) {
    balance.restore(state);
  }
}
