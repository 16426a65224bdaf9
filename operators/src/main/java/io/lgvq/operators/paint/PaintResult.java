package io.lgvq.operators.paint;

import io.lgvq.operators.codebook.TokenGrid;

/**
 * What was painted; the tokenizer's decoder makes a picture of it.
 *
 * @param tokens the codes
 * @param logProbability natural logarithm of their probability given the text, as the model has it,
 *     whatever the sampling and the guidance; at most 0
 */
public record PaintResult(TokenGrid tokens, float logProbability) {}
