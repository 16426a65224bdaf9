/**
 * Whether images are of the kind that a codebook knows: which codes a window of them is made of,
 * beside what ordinary images are made of.
 *
 * <p>Figures alone: no engine, no file, no stream.
 */
package io.lgvq.operators.drift;
