package io.lgvq.training.evaluate.language;

/**
 * What a probe sees at each place of an image.
 *
 * @param tokens where words are found, [n][d_t]
 * @param vectors the codes in the space of words, [n][d_t]
 */
record Places(float[][] tokens, float[][] vectors) {}
