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
import java.util.SplittableRandom;
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
    List<NDArray> losses = losses(ops, leaf, text, random);
    Map<String, Float> report = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      report.put(NAMES.get(i), losses.get(i).getFloat());
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

  /** The three losses, in the order of eq. 9. */
  List<NDArray> losses(ArrayOps ops, NDArray vectors, GuidingText text, SplittableRandom random) {
    int rows = text.words().length;
    Seen<NDArray> seen = visual.apply(ops, vectors);
    NDArray whole = ops.scope().create(text.whole(), new Shape(rows, lexicon.width()));
    Shape tableShape = new Shape(lexicon.size(), lexicon.width());
    NDArray table = ops.scope().create(lexicon.table(), tableShape);
    HiddenWords hidden = HiddenWords.draw(ops.scope(), text.words(), settings.mask(), random);
    long[] content =
        java.util.Arrays.stream(text.words())
            .flatMapToInt(
                caption -> IntStream.of(lexicon.content(caption, settings.relationWords())))
            .asLongStream()
            .toArray();
    NDArray ids = ops.scope().create(content, new Shape(rows, settings.relationWords()));
    NDArray centred = ops.scope().create(lexicon.centred(), tableShape);
    return List.of(
        GlobalAlignment.loss(seen.whole(), whole, settings.temperature()),
        words.loss(ops, seen.hidden(), hidden, table),
        relations.loss(
            ops,
            vectors,
            seen.tokens(),
            MaskedWords.row(centred, ids),
            ids.neq(Lexicon.PAD).toType(ai.djl.ndarray.types.DataType.FLOAT32, false)));
  }

  private NDArray together(Recording recording, NDArray leaf, List<NDArray> losses) {
    NDArray total = ArrayOps.times(losses.get(0), balance.weight(0));
    for (int i = 1; i < losses.size(); i++) {
      total = total.add(ArrayOps.times(losses.get(i), balance.weight(i)));
    }
    recording.backward(total);
    return Recording.take(leaf);
  }

  /** One backward pass a loss, so that each has a gradient of its own to measure. */
  private NDArray measured(
      Recording recording, NDArray leaf, List<NDArray> losses, float reconstructionNorm) {
    NDArray sum = leaf.zerosLike();
    for (int i = 0; i < losses.size(); i++) {
      float weight = balance.weight(i);
      recording.backward(ArrayOps.times(losses.get(i), weight), i + 1 < losses.size());
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
