/**
 * What a codebook says of language: the paper's modules, trained afresh on frozen codes. A guided
 * and a plain codebook are compared by probes of one budget, for what guidance trained beside a
 * codebook is not comparable; and a bundle matches texts with images by them.
 */
package io.lgvq.training.probe;
