package io.lgvq.training.guidance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Recording;
import io.lgvq.training.guidance.VisualTokenEncoder.Seen;
import io.lgvq.training.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The language side of LG-VQ: the three losses of eqs. 5 to 8 on the code vectors of a batch, and
 * the gradient there that their weighted sum (eq. 9) calls for.
 *
 * <p>Plugs into any tokenizer: it sees code vectors only, and what it gives back is a gradient at
 * them. Its own parameters are named {@code guidance.*} and are of no use after training.
 * Threading: one thread.
 */
public final class Guidance {

  private static final List<String> NAMES = List.of("alignment", "words", "relations");
  private static final int ALIGNMENT = 0;
  private static final int WORDS = 1;
  private static final int RELATIONS = 2;

  private final GuidanceSettings settings;
  private final Lexicon lexicon;
  private final VisualTokenEncoder visual;
  private final MaskedWords words;
  private final WordRelations relations;
  private final GradientBalance balance;

  /**
   * @param places n, codes an image
   * @param dimension d of a code
   */
  public Guidance(GuidanceSettings settings, Lexicon lexicon, int places, int dimension) {
    this.settings = settings;
    this.lexicon = lexicon;
    visual = new VisualTokenEncoder(settings.visual(), places, dimension, lexicon.width());
    words = new MaskedWords(settings, lexicon.size(), lexicon.width(), visual.width());
    relations = new WordRelations(dimension, lexicon.width());
    balance = new GradientBalance(settings.weights());
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
      GuidingText text,
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
      ArrayOps ops, NDArray vectors, GuidingText text, SplittableRandom random) {
    Seen<NDArray> seen = visual.apply(ops, vectors);
    SortedMap<Integer, NDArray> losses = new TreeMap<>();
    if (balance.takesPart(ALIGNMENT)) {
      losses.put(ALIGNMENT, alignment(ops, seen, text));
    }
    if (balance.takesPart(WORDS)) {
      losses.put(WORDS, words(ops, seen, text, random));
    }
    if (balance.takesPart(RELATIONS)) {
      losses.put(RELATIONS, relations(ops, vectors, seen, text));
    }
    return losses;
  }

  private NDArray alignment(ArrayOps ops, Seen<NDArray> seen, GuidingText text) {
    Shape shape = new Shape(text.words().length, lexicon.width());
    NDArray whole = ops.scope().create(text.whole(), shape);
    return GlobalAlignment.loss(seen.whole(), whole, settings.temperature());
  }

  private NDArray words(
      ArrayOps ops, Seen<NDArray> seen, GuidingText text, SplittableRandom random) {
    NDArray table = ops.scope().create(lexicon.table(), tableShape());
    HiddenWords hidden = HiddenWords.draw(ops.scope(), text.words(), settings.mask(), random);
    return words.loss(ops, seen.hidden(), hidden, table);
  }

  private NDArray relations(ArrayOps ops, NDArray vectors, Seen<NDArray> seen, GuidingText text) {
    int rows = text.words().length;
    long[] content =
        java.util.Arrays.stream(text.words())
            .flatMapToInt(
                caption -> IntStream.of(lexicon.content(caption, settings.relationWords())))
            .asLongStream()
            .toArray();
    NDArray ids = ops.scope().create(content, new Shape(rows, settings.relationWords()));
    NDArray centred = ops.scope().create(lexicon.centred(), tableShape());
    return relations.loss(
        ops,
        vectors,
        seen.tokens(),
        MaskedWords.row(centred, ids),
        ids.neq(Lexicon.PAD).toType(ai.djl.ndarray.types.DataType.FLOAT32, false));
  }

  private Shape tableShape() {
    return new Shape(lexicon.size(), lexicon.width());
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
