package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.tokenize.Tokenizer;
import java.util.Optional;

/**
 * The operators of a bundle as they are served, so that what is measured is what users get. Owned
 * by whoever opened them.
 *
 * @param captioner absent if the bundle has no caption head
 * @param answerer absent if the bundle has no answer head
 */
public record Served(
    Tokenizer tokenizer,
    Reconstructor reconstructor,
    Optional<Captioner> captioner,
    Optional<Answerer> answerer) {}
