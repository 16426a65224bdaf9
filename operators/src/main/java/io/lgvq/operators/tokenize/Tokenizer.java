package io.lgvq.operators.tokenize;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.Pixels;

/**
 * Pixels to codes: encoder and nearest code (LG-VQ, eq. 1). Accepts pictures of {@link #width} x
 * {@link #height}.
 */
public interface Tokenizer extends Operator<Pixels, Tokenized> {

  /** The codebook of the codes that come out. */
  Codebook codebook();

  /** Width in pixels of the pictures that go in. */
  int width();

  /** Height in pixels of the pictures that go in. */
  int height();
}
