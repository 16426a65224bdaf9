package io.lgvq.training.head;

import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import java.util.List;

/**
 * Image memory and question to scores of the answer vocabulary.
 *
 * <p>Padding changes nothing: no word attends to it and the read-out does not see it, so training
 * may cut questions to the longest of a batch while the served graph has a fixed length. Immutable.
 */
public final class AnswerNetwork {

  private final HeadSize size;
  private final ImageMemory image;
  private final Parameter words;
  private final Parameter positions;
  private final List<TextBlock> blocks;
  private final LayerNorm norm;
  private final Linear pool;
  private final Linear out;

  /**
   * @param image the memory that the questions attend to
   */
  public AnswerNetwork(HeadSize size, ImageMemory image) {
    this.size = size;
    this.image = image;
    int width = size.width();
    words = Parameter.of("answer.words", Initial.NORMAL, size.words(), width);
    positions = Parameter.of("answer.positions", Initial.NORMAL, size.questionLength(), width);
    blocks = TextBlock.stack("answer", size);
    norm = LayerNorm.of("answer.norm", width);
    pool = Linear.of("answer.pool", width, 1);
    out = Linear.of("answer.out", width, size.answers());
  }

  /** Name of the parameter that says how likely answers are without looking. */
  String bias() {
    return out.bias().name();
  }

  /**
   * Codes [B, n] and questions [B, questionLength] to probabilities [B, A].
   *
   * @param temperature divides the scores, so that probabilities are honest (Guo et al., On
   *     Calibration of Modern Neural Networks, ICML 2017)
   */
  public <T> T probabilities(Ops<T> ops, T codes, T questions, float temperature) {
    T scores = scores(ops, image.apply(ops, codes), questions, size.questionLength(), 1);
    return ops.softmax(ops.scale(scores, 1 / temperature));
  }

  /**
   * Memory and questions to scores [B questionsEach, A], before the softmax.
   *
   * @param memory [B, M, width]
   * @param questions word ids [B questionsEach, length], padded; those of one image stand together
   * @param length at most {@link HeadSize#questionLength()}
   * @param questionsEach questions an image
   */
  public <T> T scores(Ops<T> ops, T memory, T questions, int length, int questionsEach) {
    T x = ops.add(ops.embed(questions, words), ops.slice(ops.parameter(positions), 0, 0, length));
    T mask = ops.paddingMask(questions);
    TextBlock.Image<T> seen = new TextBlock.Image<>(memory, size.memory());
    for (TextBlock block : blocks) {
      x = block.apply(ops, x, length, mask, seen, questionsEach);
    }
    return out.apply(ops, pooled(ops, norm.apply(ops, x), mask, length));
  }

  /** One vector for a question: its words' mean, weighted by a learned attention. */
  private <T> T pooled(Ops<T> ops, T x, T mask, int length) {
    T attention = ops.reshape(pool.apply(ops, x), -1, 1, length);
    T weights = ops.softmax(ops.add(attention, ops.reshape(mask, -1, 1, length)));
    return ops.reshape(ops.matmul(weights, x), -1, size.width());
  }
}
