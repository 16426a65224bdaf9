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
    return Parameter.of(NAME, Initial.NORMAL, shape.codes(), shape.dimension());
  }
}
