package io.lgvq.operators.complete;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;

/** Codes with holes to codes without: what is given stays, what is missing is made up. */
public interface Completer extends Operator<CompleteRequest, CompleteResult> {

  /** Rounds in which holes are filled unless somebody wants otherwise. */
  int STANDARD_ROUNDS = 8;

  /** The codebook whose codes it accepts. */
  Codebook codebook();
}
