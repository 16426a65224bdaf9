package io.lgvq.training.evaluate.wording;

import io.lgvq.training.estimate.Estimate;

/**
 * How much captions are worded like those of the corpus. Tables of papers give all three times 100.
 *
 * @param bleu4 0 .. 1, of all images together
 * @param rougeL 0 .. 1, mean over images
 * @param ciderD 0 .. 10, mean over images
 */
public record WordingResult(Estimate bleu4, Estimate rougeL, Estimate ciderD) {}
