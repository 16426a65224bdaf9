package io.lgvq.training.tokenizer;

import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;

/** The codebook as every network sees it. */
public final class CodebookParameter {

  /** Name of the codebook's array. */
  public static final String NAME = "codebook";

  private CodebookParameter() {}

  /** The codebook [K, d] of an architecture; set by moving averages, not by gradients. */
  public static Parameter of(TokenizerShape shape) {
    return of(shape.codes(), shape.dimension());
  }

  /** A codebook of this many codes of this dimension. */
  public static Parameter of(int codes, int dimension) {
    return Parameter.of(NAME, Initial.NORMAL, codes, dimension);
  }
}
