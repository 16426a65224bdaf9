package io.lgvq.training.head;

import io.lgvq.training.network.Parameter;

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
}
