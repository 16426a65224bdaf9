package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.evaluate.language.HiddenWordReader;
import io.lgvq.training.evaluate.language.LanguageProbe;
import java.util.Optional;

/**
 * The operators of a bundle as they are served, so that what is measured is what users get. Owned
 * by whoever opened them.
 *
 * @param captioner absent if the bundle has no caption head
 * @param answerer absent if the bundle has no answer head
 * @param probe absent if the bundle lacks one of the language graphs
 * @param hiddenWords absent if the bundle has no masked-word graph
 * @param painter absent if the bundle has no paint head
 * @param completer absent if the bundle has no complete head
 */
public record Served(
    Tokenizer tokenizer,
    Reconstructor reconstructor,
    Optional<Captioner> captioner,
    Optional<Answerer> answerer,
    Optional<LanguageProbe> probe,
    Optional<HiddenWordReader> hiddenWords,
    Optional<Painter> painter,
    Optional<Completer> completer) {}
