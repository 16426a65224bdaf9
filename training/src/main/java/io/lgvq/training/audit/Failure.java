package io.lgvq.training.audit;

import io.lgvq.training.evaluate.Outcome;

/**
 * An image that a bundle did badly at.
 *
 * @param why the finding that it is an example of, in words
 */
public record Failure(Outcome outcome, String why) {}
