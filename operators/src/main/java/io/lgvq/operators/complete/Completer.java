package io.lgvq.operators.complete;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;

/** Codes with holes to codes without: what is given stays, what is missing is made up. */
public interface Completer extends Operator<CompleteRequest, CompleteResult> {

  /** The codebook whose codes it accepts. */
  Codebook codebook();
}
