package io.lgvq.operators.paint;

import java.util.List;

/**
 * What the prior remembers of a batch of texts before the first code.
 *
 * @param words T, places a text
 * @param size S, values a place
 * @param values text after text, each T x S values
 */
record TextMemory(int words, int size, List<float[]> values) {}
