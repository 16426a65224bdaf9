package io.lgvq.operators.complete;

import io.lgvq.operators.codebook.TokenGrid;

/**
 * A completed image.
 *
 * @param tokens the given codes, and new ones in the holes
 * @param logProbability sum of the natural logarithms of the new codes' probabilities, each as it
 *     was when it was chosen; at most 0
 */
public record CompleteResult(TokenGrid tokens, float logProbability) {}
