package io.lgvq.training.probe;

import io.lgvq.training.alignment.AlignmentSettings;

/**
 * The {@code probe} part of a preset.
 *
 * @param images samples of the training split that are learnt from
 * @param steps of training
 * @param batch images a step, each with one caption; also the number of captions that L_gsa chooses
 *     among
 * @param learningRate at its highest
 * @param warmUp steps until then
 * @param blindSteps of the baseline that never sees an image
 * @param language the modules
 */
public record ProbeSettings(
    int images,
    long steps,
    int batch,
    float learningRate,
    long warmUp,
    long blindSteps,
    AlignmentSettings language) {}
