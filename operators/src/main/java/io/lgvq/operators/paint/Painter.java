package io.lgvq.operators.paint;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;

/** A text to codes, by an autoregressive prior over codes with the text as condition. */
public interface Painter extends Operator<PaintRequest, PaintResult> {

  /** How far the text's say is exaggerated unless somebody wants otherwise. */
  float STANDARD_GUIDANCE = 2;

  /** The codebook of the codes that come out. */
  Codebook codebook();
}
