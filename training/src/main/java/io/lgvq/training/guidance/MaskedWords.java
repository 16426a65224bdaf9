package io.lgvq.training.guidance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.TransformerLayer;
import io.lgvq.training.network.TransformerLayer.Memory;
import java.util.List;
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

  /**
   * @param words of the lexicon
   * @param textWidth d_t
   * @param seenWidth width of what is seen, {@link VisualTokenEncoder#width()}
   */
  public MaskedWords(GuidanceSettings settings, int words, int textWidth, int seenWidth) {
    int width = settings.text().width();
    length = settings.captionLength();
    labelSmoothing = settings.labelSmoothing();
    masks = Parameter.of("guidance.words.masks", Initial.NORMAL, 1, length, textWidth);
    positions = Parameter.of("guidance.words.positions", Initial.NORMAL, 1, length, width);
    in = Linear.of("guidance.words.in", textWidth, width);
    layers =
        IntStream.range(0, settings.text().layers())
            .mapToObj(
                i ->
                    TransformerLayer.decoder(
                        "guidance.words.layer" + i,
                        width,
                        seenWidth,
                        settings.text().heads(),
                        4 * width))
            .toList();
    transform = Linear.of("guidance.words.transform", width, textWidth);
    norm = LayerNorm.of("guidance.words.norm", textWidth);
    bias = Parameter.of("guidance.words.bias", Initial.ZERO, words);
  }

  /**
   * Logits of the hidden words.
   *
   * @param seen [B, n, width]
   * @param caption the captions' words and which of them are hidden
   * @param table rows of the frozen word table, [words, d_t]
   * @return [hidden words, words]
   */
  public NDArray logits(ArrayOps ops, NDArray seen, HiddenWords caption, NDArray table) {
    NDArray ids = caption.words();
    NDArray hidden = caption.hidden().expandDims(2);
    NDArray rows = row(table, ids);
    NDArray masked = rows.mul(hidden.sub(1).neg()).add(hidden.mul(ops.parameter(masks)));
    NDArray x = in.apply(ops, masked).add(ops.parameter(positions));
    Optional<NDArray> padding = Optional.of(ops.paddingMask(ids));
    Optional<Memory<NDArray>> memory =
        Optional.of(new Memory<>(seen, (int) seen.getShape().get(1)));
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, length, padding, memory);
    }
    NDArray asked = row(x.reshape(-1, x.getShape().get(2)), caption.places());
    NDArray answer = norm.apply(ops, ops.gelu(transform.apply(ops, asked)));
    return answer.matMul(table.transpose()).add(ops.parameter(bias));
  }

  /** Cross-entropy of {@link #logits} with label smoothing, mean over the hidden words. */
  public NDArray loss(ArrayOps ops, NDArray seen, HiddenWords caption, NDArray table) {
    return smoothed(logits(ops, seen, caption, table), caption.answers(), labelSmoothing);
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
