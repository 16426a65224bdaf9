package io.lgvq.training.adversary;

import io.lgvq.training.array.AdamW;

/**
 * The {@code adversary} part of a preset: what makes a VQ-GAN of a VQ-VAE.
 *
 * @param rows images a step that are judged, the first of the batch: a trained eye costs several
 *     times as much as the tokenizer
 * @param perceptual weight of the perceptual distance
 * @param weight of the adversarial loss, on top of its adaptive weight (VQ-GAN: 0.8)
 * @param start first step in which the discriminator takes part; until then there is nothing worth
 *     judging
 * @param channels of the discriminator's first layer
 * @param layers of the discriminator that halve the side length, after the first
 * @param learningRate of the discriminator, constant
 * @param optimizer the rest of its AdamW
 */
public record AdversarySettings(
    int rows,
    float perceptual,
    float weight,
    long start,
    int channels,
    int layers,
    float learningRate,
    AdamW.Settings optimizer) {}
