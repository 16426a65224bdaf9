package io.lgvq.training.evaluate.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lgvq.training.estimate.Estimate;
import java.util.Optional;

/**
 * How well codes agree with language, on one split.
 *
 * @param textToImage finding images by their captions
 * @param imageToText finding captions by their images
 * @param hiddenWord share of single hidden words that are told
 * @param hiddenWordBlind the same of the network that never saw an image
 * @param hiddenWords share of hidden words that are told, three hidden at once
 * @param hiddenWordsBlind the same of the network that never saw an image
 * @param likeness mean squared difference between the cosines of words and of their codes
 * @param likenessConstant what codes would reach that are all equally alike
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LanguageResult(
    Recall textToImage,
    Recall imageToText,
    Estimate hiddenWord,
    Optional<Estimate> hiddenWordBlind,
    Estimate hiddenWords,
    Optional<Estimate> hiddenWordsBlind,
    Estimate likeness,
    double likenessConstant) {}
