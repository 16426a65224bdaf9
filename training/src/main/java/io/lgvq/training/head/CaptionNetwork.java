package io.lgvq.training.head;

import static io.lgvq.training.network.Parameter.Initial.FAN_IN;
import static io.lgvq.training.network.Parameter.Initial.NORMAL;
import static io.lgvq.training.network.Parameter.Initial.ONE;
import static io.lgvq.training.network.Parameter.Initial.ZERO;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;

/**
 * Image memory and the words so far to the next word: a causal transformer that attends to the
 * image. Immutable.
 */
public final class CaptionNetwork {

  private static final String NAME = "caption";

  private final HeadSize size;
  private final ImageMemory image;

  /**
   * @param image the memory that the words attend to
   */
  public CaptionNetwork(HeadSize size, ImageMemory image) {
    this.size = size;
    this.image = image;
  }

  /** Codes [B, n] to memory [B, M, width]: once an image. */
  public <T> T memory(Ops<T> ops, T codes) {
    return image.apply(ops, codes);
  }

  /**
   * Logarithms of the next word's probabilities [B, V]: once a word.
   *
   * @param words ids [B, captionLength], {@code <begin>} first, padded
   * @param position index of the last word [B]
   */
  public <T> T step(Ops<T> ops, T memory, T words, T position) {
    T states = states(ops, memory, words, size.captionLength());
    return ops.logSoftmax(scores(ops, ops.rowAt(states, position)));
  }

  /**
   * Scores of the next word after every word at once [B, length, V], for training.
   *
   * @param words ids [B, length], {@code <begin>} first, padded
   */
  public <T> T scores(Ops<T> ops, T memory, T words, int length) {
    return scores(ops, states(ops, memory, words, length));
  }

  private <T> T states(Ops<T> ops, T memory, T words, int length) {
    int width = size.width();
    T positions = ops.parameter(of("positions", NORMAL, size.captionLength(), width));
    T x = ops.embed(words, of("words", NORMAL, size.words(), width));
    x = ops.add(x, ops.slice(positions, 0, 0, length));
    T mask = ops.causalMask(length);
    for (int block = 0; block < size.textBlocks(); block++) {
      x =
          new TextBlock(NAME + "." + block, width, size.attentionHeads())
              .apply(ops, x, length, mask, memory, size.memory(), 1);
    }
    return ops.layerNorm(x, of("norm.gain", ONE, width), of("norm.bias", ZERO, width));
  }

  private <T> T scores(Ops<T> ops, T states) {
    return ops.linear(
        states,
        of("out.weight", FAN_IN, size.words(), size.width()),
        of("out.bias", ZERO, size.words()));
  }

  private static Parameter of(String suffix, Parameter.Initial initial, long... shape) {
    return Parameter.of(NAME + "." + suffix, initial, shape);
  }
}
