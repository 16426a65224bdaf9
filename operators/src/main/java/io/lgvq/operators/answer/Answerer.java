package io.lgvq.operators.answer;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;

/** Codes and a question to one answer of the bundle's answer vocabulary. */
public interface Answerer extends Operator<AnswerRequest, AnswerResult> {

  /** The codebook whose codes it accepts. */
  Codebook codebook();
}
