package io.lgvq.operators.answer;

import io.lgvq.operators.codebook.TokenGrid;

/**
 * A question about one image.
 *
 * @param tokens the image
 * @param question plain words, not blank
 */
public record AnswerRequest(TokenGrid tokens, String question) {}
