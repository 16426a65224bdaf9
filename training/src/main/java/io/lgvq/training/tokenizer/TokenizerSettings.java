package io.lgvq.training.tokenizer;

import io.lgvq.training.array.AdamW;
import io.lgvq.training.loop.Schedule;

/**
 * The {@code tokenizer} part of a preset.
 *
 * @param shape architecture
 * @param quantizer how features become codes and how the codebook learns
 * @param absolute weight of the mean absolute error of the pixels
 * @param squared weight of their mean squared error
 * @param batch images a step
 * @param schedule learning rate and number of steps
 * @param optimizer the rest of AdamW
 */
public record TokenizerSettings(
    TokenizerShape shape,
    QuantizerSettings quantizer,
    float absolute,
    float squared,
    int batch,
    Schedule schedule,
    AdamW.Settings optimizer) {}
