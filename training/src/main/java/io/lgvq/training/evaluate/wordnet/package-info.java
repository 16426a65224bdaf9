/** How alike words are that mean different things: WordNet, and the measure of answers over it. */
package io.lgvq.training.evaluate.wordnet;
