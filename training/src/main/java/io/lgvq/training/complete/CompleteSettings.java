package io.lgvq.training.complete;

/**
 * How the complete head is built and trained; the {@code complete} part of a preset. It learns from
 * the images of the {@code heads} part.
 *
 * @param steps of training; each reads {@code batch} images
 * @param batch images a step
 * @param learningRate at its highest
 * @param warmUp steps until then
 * @param width see {@link CompleteSize#width()}
 * @param attentionHeads see {@link CompleteSize#attentionHeads()}
 * @param blocks see {@link CompleteSize#blocks()}
 * @param layers see {@link CompleteSize#layers()}
 */
public record CompleteSettings(
    long steps,
    int batch,
    float learningRate,
    long warmUp,
    int width,
    int attentionHeads,
    int blocks,
    int layers) {}
