package io.lgvq.training.head;

import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import java.util.List;

/**
 * Image memory and the words so far to the next word: a causal transformer that attends to the
 * image. Immutable.
 */
public final class CaptionNetwork {

  private final HeadSize size;
  private final ImageMemory image;
  private final Parameter words;
  private final Parameter positions;
  private final List<TextBlock> blocks;
  private final LayerNorm norm;
  private final Linear out;

  /**
   * @param image the memory that the words attend to
   */
  public CaptionNetwork(HeadSize size, ImageMemory image) {
    this.size = size;
    this.image = image;
    int width = size.width();
    words = Parameter.of("caption.words", Initial.NORMAL, size.words(), width);
    positions = Parameter.of("caption.positions", Initial.NORMAL, size.captionLength(), width);
    blocks = TextBlock.stack("caption", size);
    norm = LayerNorm.of("caption.norm", width);
    out = Linear.of("caption.out", width, size.words());
  }

  /** Name of the parameter that says how likely words are without looking. */
  String bias() {
    return out.bias().name();
  }

  /** Codes [B, n] to memory [B, M, width]: once an image. */
  public <T> T memory(Ops<T> ops, T codes) {
    return image.apply(ops, codes);
  }

  /**
   * Logarithms of the next word's probabilities [B, V]: once a word.
   *
   * @param text word ids [B, captionLength], {@code <begin>} first, padded
   * @param position index of the last word [B]
   */
  public <T> T step(Ops<T> ops, T memory, T text, T position) {
    T states = states(ops, memory, text, size.captionLength(), 1);
    return ops.logSoftmax(out.apply(ops, ops.rowAt(states, position)));
  }

  /**
   * Scores of the next word after every word at once [B captionsEach, length, V], for training.
   *
   * @param memory [B, M, width]
   * @param text word ids [B captionsEach, length], {@code <begin>} first, padded; those of one
   *     image stand together
   * @param captionsEach captions an image
   */
  public <T> T scores(Ops<T> ops, T memory, T text, int length, int captionsEach) {
    return out.apply(ops, states(ops, memory, text, length, captionsEach));
  }

  private <T> T states(Ops<T> ops, T memory, T text, int length, int captionsEach) {
    T x = ops.add(ops.embed(text, words), ops.slice(ops.parameter(positions), 0, 0, length));
    T mask = ops.causalMask(length);
    TextBlock.Image<T> seen = new TextBlock.Image<>(memory, size.memory());
    for (TextBlock block : blocks) {
      x = block.apply(ops, x, length, mask, seen, captionsEach);
    }
    return norm.apply(ops, x);
  }
}
