package io.lgvq.training.tokenizer;

import io.lgvq.training.alignment.CaptionText;
import java.util.Optional;

/**
 * The data of one step.
 *
 * @param pixels see {@link PixelBatch}
 * @param text captions of the first images, where training is guided
 */
public record TokenizerStep(float[] pixels, Optional<CaptionText> text) {}
