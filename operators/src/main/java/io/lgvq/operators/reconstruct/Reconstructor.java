package io.lgvq.operators.reconstruct;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;

/** Codes back to pixels: the tokenizer's decoder. */
public interface Reconstructor extends Operator<TokenGrid, Pixels> {

  /** The codebook whose codes it accepts. */
  Codebook codebook();
}
