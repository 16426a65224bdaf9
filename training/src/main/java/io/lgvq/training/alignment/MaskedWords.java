package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.TransformerLayer;
import io.lgvq.training.network.TransformerLayer.Memory;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * L_mtp, LG-VQ eq. 6: words of the caption are hidden, and the image must tell which they were.
 *
 * <p>Words enter as rows of the frozen word table, and hidden ones as a learned vector of their
 * position: contextual features of the whole caption would give the hidden word away. The answer is
 * a product with the same frozen table plus a bias, over the words of the {@link Lexicon}; the text
 * encoder's full table (30,522 rows) would cost more than the tokenizer itself and adds only words
 * that no caption holds.
 */
public final class MaskedWords {

  private final int length;
  private final float labelSmoothing;
  private final Parameter masks;
  private final Parameter positions;
  private final Linear in;
  private final List<TransformerLayer> layers;
  private final Linear transform;
  private final LayerNorm norm;
  private final Parameter bias;
  private final Parameter table;

  /**
   * @param table rows of the lexicon's words in the frozen word table, [words, d_t]
   * @param seenWidth width of what is seen, {@link VisualTokenEncoder#width()}
   */
  public MaskedWords(AlignmentSettings settings, Parameter table, int seenWidth) {
    this.table = table;
    int words = table.shape().get(0).intValue();
    int textWidth = table.shape().get(1).intValue();
    int width = settings.text().width();
    length = settings.captionLength();
    labelSmoothing = settings.labelSmoothing();
    masks = Parameter.of("language.words.masks", Initial.NORMAL, 1, length, textWidth);
    positions = Parameter.of("language.words.positions", Initial.NORMAL, 1, length, width);
    in = Linear.of("language.words.in", textWidth, width);
    layers =
        IntStream.range(0, settings.text().layers())
            .mapToObj(
                i ->
                    TransformerLayer.decoder(
                        "language.words.layer" + i,
                        width,
                        seenWidth,
                        settings.text().heads(),
                        4 * width))
            .toList();
    transform = Linear.of("language.words.transform", width, textWidth);
    norm = LayerNorm.of("language.words.norm", textWidth);
    bias = Parameter.of("language.words.bias", Initial.ZERO, words);
  }

  /**
   * First values: a word that is hidden is guessed by how frequent it is. Learning that takes the
   * optimizer, whose steps are of one size, thousands of steps in which nothing is seen.
   */
  Map<String, Tensor> beginning(Lexicon lexicon) {
    return Map.of(bias.name(), lexicon.logFrequencies());
  }

  /**
   * What is known of each place of a caption whose hidden words are not seen.
   *
   * @param seen [B, n, seenWidth]
   * @param places n
   * @param words ids, integers [B, L]
   * @param hidden 1 where a word is hidden, else 0; floats [B, L]
   * @return [B, L, width]
   */
  private <T> T states(Ops<T> ops, T seen, int places, T words, T hidden) {
    T flags = ops.reshape(hidden, -1, length, 1);
    T shown = ops.multiply(ops.embed(words, table), ops.shift(ops.scale(flags, -1), 1));
    T masked = ops.add(shown, ops.multiply(flags, ops.parameter(masks)));
    T x = ops.add(in.apply(ops, masked), ops.parameter(positions));
    Optional<T> padding = Optional.of(ops.paddingMask(words));
    Optional<Memory<T>> memory = Optional.of(new Memory<>(seen, places));
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, length, padding, memory);
    }
    return x;
  }

  private <T> T scores(Ops<T> ops, T states) {
    return ops.linear(norm.apply(ops, ops.gelu(transform.apply(ops, states))), table, bias);
  }

  /**
   * Logits of the word at one place of each caption, as it is served.
   *
   * @param seen [B, n, seenWidth]
   * @param places n
   * @param words ids, integers [B, L]; what stands at hidden places does not matter
   * @param hidden 1 where a word is hidden, else 0; floats [B, L]
   * @param position of the word that is asked for, integers [B]
   * @return [B, words]
   */
  public <T> T at(Ops<T> ops, T seen, int places, T words, T hidden, T position) {
    return scores(ops, ops.rowAt(states(ops, seen, places, words, hidden), position));
  }

  /**
   * Logits of all hidden words.
   *
   * @param seen [B, n, width]
   * @param caption the captions' words and which of them are hidden
   * @return [hidden words, words]
   */
  public NDArray logits(ArrayOps ops, NDArray seen, HiddenWords caption) {
    int places = (int) seen.getShape().get(1);
    NDArray x = states(ops, seen, places, caption.words(), caption.hidden());
    return scores(ops, row(x.reshape(-1, x.getShape().get(2)), caption.places()));
  }

  /** Cross-entropy of {@link #logits} with label smoothing, mean over the hidden words. */
  public NDArray loss(ArrayOps ops, NDArray seen, HiddenWords caption) {
    return smoothed(logits(ops, seen, caption), caption.answers(), labelSmoothing);
  }

  /** Cross-entropy against (1 - smoothing) on the answer and smoothing spread over all words. */
  static NDArray smoothed(NDArray logits, NDArray answers, float smoothing) {
    NDArray logs = logits.logSoftmax(1);
    NDArray right = logs.gather(answers.toType(DataType.INT64, false).reshape(-1, 1), 1).mean();
    return ArrayOps.times(right, smoothing - 1).sub(ArrayOps.times(logs.mean(), smoothing));
  }

  /** Rows of a table by their indices, differentiable in the table. */
  static NDArray row(NDArray table, NDArray indices) {
    return Embedding.embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
  }
}
