/**
 * How well the codes of images agree with language, measured through a bundle's graphs: retrieval
 * both ways, hidden words (the paper's table 3) and the likeness of codes and words (table 4).
 */
package io.lgvq.training.evaluate.language;
