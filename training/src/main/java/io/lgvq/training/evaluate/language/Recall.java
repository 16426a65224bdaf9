package io.lgvq.training.evaluate.language;

import io.lgvq.training.estimate.Estimate;

/**
 * Share of searches whose answer was among the first.
 *
 * @param among how many there were to choose from
 * @param first share found at the first place
 * @param five share found among the first five
 * @param ten share found among the first ten
 */
public record Recall(int among, Estimate first, Estimate five, Estimate ten) {}
