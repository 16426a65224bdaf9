package io.lgvq.training.head;

/**
 * How the heads are built and trained; the {@code heads} part of a preset.
 *
 * @param images samples of the training split that are tokenized and learnt from
 * @param detectorSteps first steps, in which {@link WordDetector} alone teaches the image memory
 * @param steps of training in all; each reads {@code batch} images
 * @param batch images a step
 * @param captionsEach captions an image a step, where it has as many
 * @param questionsEach questions an image a step, where it has as many
 * @param detectorWeight weight of {@link WordDetector}'s loss beside those of the heads
 * @param learningRate at its highest
 * @param warmUp steps until then
 * @param width see {@link HeadSize#width()}
 * @param attentionHeads see {@link HeadSize#attentionHeads()}
 * @param fineWidth see {@link HeadSize#fineWidth()}
 * @param fineBlocks see {@link HeadSize#fineBlocks()}
 * @param imageBlocks see {@link HeadSize#imageBlocks()}
 * @param textBlocks see {@link HeadSize#textBlocks()}
 * @param captionLength see {@link HeadSize#captionLength()}
 * @param questionLength see {@link HeadSize#questionLength()}
 * @param wordAtLeast times that a word must occur to enter the vocabulary
 * @param answerAtLeast times that an answer must occur to be one
 * @param validationImages samples of the validation split that calibrate the probabilities
 * @param baselineSteps steps of the head that never sees the image
 */
public record HeadSettings(
    int images,
    long detectorSteps,
    long steps,
    int batch,
    int captionsEach,
    int questionsEach,
    float detectorWeight,
    float learningRate,
    long warmUp,
    int width,
    int attentionHeads,
    int fineWidth,
    int fineBlocks,
    int imageBlocks,
    int textBlocks,
    int captionLength,
    int questionLength,
    int wordAtLeast,
    int answerAtLeast,
    int validationImages,
    long baselineSteps) {}
