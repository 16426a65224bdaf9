package io.lgvq.training.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.language.LanguageResult;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param bundle name and version
 * @param corpus name
 * @param limit most images a slice
 * @param slices results by split, in the corpus's order
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Report(String bundle, String corpus, int limit, Map<String, Slice> slices) {

  /**
   * Results on one split.
   *
   * @param images that were used
   * @param psnr of reconstructions, decibels
   * @param codebook which codes occurred
   * @param answers absent if nothing was asked or the bundle has no answer head
   * @param captions absent if no objects are known or the bundle has no caption head
   * @param language absent if the bundle has no language graphs
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Slice(
      int images,
      Estimate psnr,
      CodebookUse codebook,
      Optional<Answers> answers,
      Optional<Captions> captions,
      Optional<LanguageResult> language) {}

  /**
   * Shares of questions answered rightly.
   *
   * @param weighted over types as COCO-QA has them
   * @param types results by type
   * @param sure share of the answers that reach the bundle's threshold
   * @param rightWhenSure share of those that are right
   * @param majority weighted share that the most frequent training answer of each type gets right
   * @param questionOnly weighted share of the same head trained without images, if it is at hand
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Answers(
      Estimate weighted,
      Map<String, Type> types,
      double sure,
      double rightWhenSure,
      Estimate majority,
      Optional<Estimate> questionOnly) {}

  /**
   * Results of one type of question.
   *
   * @param questions how many
   * @param right share answered rightly
   * @param majority share that the most frequent training answer gets right
   * @param questionOnly share of the head without images
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Type(
      int questions, Estimate right, double majority, Optional<Double> questionOnly) {}

  /**
   * What captions name.
   *
   * @param named share of the images' objects
   * @param truthful share of the named objects that are there
   * @param words mean length
   * @param nearest the same share for the caption of the most similar training image
   * @param random the same share for the caption of any training image
   */
  public record Captions(
      Estimate named, Estimate truthful, double words, Estimate nearest, Estimate random) {}
}
