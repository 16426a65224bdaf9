package io.lgvq.training.probe;

import io.lgvq.training.alignment.CaptionText;

/**
 * The data of a step.
 *
 * @param images how many
 * @param codes of all of them, [images * n]
 * @param text a caption each
 */
record ProbeStep(int images, int[] codes, CaptionText text) {}
