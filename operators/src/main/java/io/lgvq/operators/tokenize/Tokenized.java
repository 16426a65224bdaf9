package io.lgvq.operators.tokenize;

import io.lgvq.operators.codebook.TokenGrid;

/**
 * The tokens of one image.
 *
 * @param grid the codes
 * @param quantizationError mean squared distance between the encoder's features and their codes, at
 *     least 0
 */
public record Tokenized(TokenGrid grid, float quantizationError) {}
