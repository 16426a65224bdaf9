package io.lgvq.operators.caption;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;

/** Codes to a sentence, by greedy or beam search as configured when it was opened. */
public interface Captioner extends Operator<TokenGrid, CaptionResult> {

  /** The codebook whose codes it accepts. */
  Codebook codebook();
}
