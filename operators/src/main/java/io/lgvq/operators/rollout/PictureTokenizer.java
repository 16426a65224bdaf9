package io.lgvq.operators.rollout;

import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.tokenize.Tokenizer;

/**
 * A bundle's tokenizer with the decoder that draws pictures of its size.
 *
 * <p>Threading: safe for any number of threads. Ownership: closes both.
 *
 * @param decoder gives pictures of the tokenizer's size
 * @param tokenizer of the bundle
 * @param fit what the decoder does to pictures of another aspect
 */
public record PictureTokenizer(ImageDecoder decoder, Tokenizer tokenizer, Fit fit)
    implements AutoCloseable {

  /** Whether the pictures of another decoder are those that this one would draw. */
  public boolean draws(PictureTokenizer other) {
    return tokenizer.width() == other.tokenizer.width()
        && tokenizer.height() == other.tokenizer.height()
        && fit == other.fit;
  }

  @Override
  public void close() {
    try (decoder) {
      tokenizer.close();
    }
  }
}
