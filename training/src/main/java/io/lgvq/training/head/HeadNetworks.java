package io.lgvq.training.head;

import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The networks that read tokens. Caption and answer head share one image memory, so that each
 * learns to see from the other's texts too.
 *
 * @param image codes to vectors
 * @param caption vectors to sentences
 * @param answer vectors and questions to answers
 * @param detector vectors to the words that captions would hold; teaches the image memory, and is
 *     not served
 */
public record HeadNetworks(
    ImageMemory image, CaptionNetwork caption, AnswerNetwork answer, WordDetector detector) {

  /**
   * Networks of the given size.
   *
   * @param codebook the tokenizer's vectors [K, d]
   * @param scale brings these vectors to about unit variance
   */
  public static HeadNetworks of(HeadSize size, Parameter codebook, float scale) {
    ImageMemory image = new ImageMemory(size, "image", codebook, scale);
    return new HeadNetworks(
        image,
        new CaptionNetwork(size, image),
        new AnswerNetwork(size, image),
        new WordDetector(size));
  }

  /**
   * First values of what is said, answered and mentioned without looking: by how often it is.
   * Learning that takes the optimizer, whose steps are of one size, a thousand steps in which
   * nothing is seen.
   *
   * @param data that will be learnt from
   */
  Map<String, Tensor> beginning(HeadData data, HeadSize size) {
    Map<String, Tensor> values = new HashMap<>(detector.beginning(data.mentions(size.words())));
    values.put(caption.bias(), logShares(data.spoken(size.words())));
    values.putAll(beginningOfAnswers(data, size));
    return values;
  }

  /** The part of {@link #beginning} that a head without sight has too. */
  Map<String, Tensor> beginningOfAnswers(HeadData data, HeadSize size) {
    return size.answers() == 0
        ? Map.of()
        : Map.of(answer.bias(), logShares(data.answered(size.answers())));
  }

  private static Tensor logShares(long[] times) {
    double all = Arrays.stream(times).sum();
    float[] logs = new float[times.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(times[i] / all);
    }
    return Tensor.of(logs);
  }
}
