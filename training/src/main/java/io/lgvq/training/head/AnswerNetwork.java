package io.lgvq.training.head;

import static io.lgvq.training.network.Parameter.Initial.FAN_IN;
import static io.lgvq.training.network.Parameter.Initial.NORMAL;
import static io.lgvq.training.network.Parameter.Initial.ONE;
import static io.lgvq.training.network.Parameter.Initial.ZERO;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;

/**
 * Image memory and question to scores of the answer vocabulary.
 *
 * <p>Padding changes nothing: no word attends to it and the read-out does not see it, so training
 * may cut questions to the longest of a batch while the served graph has a fixed length. Immutable.
 */
public final class AnswerNetwork {

  private static final String NAME = "answer";

  private final HeadSize size;
  private final ImageMemory image;

  /**
   * @param image the memory that the questions attend to
   */
  public AnswerNetwork(HeadSize size, ImageMemory image) {
    this.size = size;
    this.image = image;
  }

  /**
   * Codes [B, n] and questions [B, length] to probabilities [B, A].
   *
   * @param temperature divides the scores, so that probabilities are honest (Guo et al., On
   *     Calibration of Modern Neural Networks, ICML 2017)
   */
  public <T> T probabilities(Ops<T> ops, T codes, T questions, float temperature) {
    T scores = scores(ops, image.apply(ops, codes), questions, size.questionLength(), 1);
    return ops.softmax(ops.scale(scores, 1 / temperature));
  }

  /**
   * Memory and questions to scores [B, A] before the softmax.
   *
   * @param memory [B / questionsEach, M, width]
   * @param questions word ids [B, length], padded; those of one image stand together
   * @param length at most {@link HeadSize#questionLength()}
   * @param questionsEach questions that share an image
   */
  public <T> T scores(Ops<T> ops, T memory, T questions, int length, int questionsEach) {
    int width = size.width();
    T positions = ops.parameter(of("positions", NORMAL, size.questionLength(), width));
    T x = ops.embed(questions, of("words", NORMAL, size.words(), width));
    x = ops.add(x, ops.slice(positions, 0, 0, length));
    T mask = ops.paddingMask(questions);
    for (int block = 0; block < size.textBlocks(); block++) {
      x =
          new TextBlock(NAME + "." + block, width, size.attentionHeads())
              .apply(ops, x, length, mask, memory, size.memory(), questionsEach);
    }
    x = ops.layerNorm(x, of("norm.gain", ONE, width), of("norm.bias", ZERO, width));
    return ops.linear(
        pooled(ops, x, mask, length),
        of("out.weight", FAN_IN, size.answers(), width),
        of("out.bias", ZERO, size.answers()));
  }

  /** One vector for a question: the words' mean, weighted by a learned attention. */
  private <T> T pooled(Ops<T> ops, T x, T mask, int length) {
    int width = size.width();
    T weight = ops.linear(x, of("pool.weight", FAN_IN, 1, width), of("pool.bias", ZERO, 1));
    T weights =
        ops.softmax(ops.add(ops.reshape(weight, -1, 1, length), ops.reshape(mask, -1, 1, length)));
    return ops.reshape(ops.matmul(weights, x), -1, width);
  }

  private static Parameter of(String suffix, Parameter.Initial initial, long... shape) {
    return Parameter.of(NAME + "." + suffix, initial, shape);
  }
}
