package io.lgvq.training.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.language.LanguageResult;
import io.lgvq.training.evaluate.wording.WordingResult;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
   * @param frechet distance of the reconstructions from the images as a set; absent if nobody
   *     looked, or at fewer than two
   * @param codebook which codes occurred
   * @param answers absent if nothing was asked or the bundle has no answer head
   * @param captions absent if the bundle has no caption head
   * @param language absent if the bundle has no language graphs
   * @param painted absent if the bundle has no paint head
   * @param completed absent if the bundle has no complete head
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Slice(
      int images,
      Estimate psnr,
      OptionalDouble frechet,
      CodebookUse codebook,
      Optional<Answers> answers,
      Optional<Captions> captions,
      Optional<LanguageResult> language,
      Optional<Painted> painted,
      Optional<Completed> completed) {}

  /**
   * What pictures are like that were painted from captions alone.
   *
   * @param images whose longest captions were painted, the first of the slice
   * @param frechet distance of the painted pictures from these images; absent if nobody looked, or
   *     at fewer than two
   * @param reconstructed the same distance of these images' reconstructions
   * @param named share of these images' objects that the bundle's caption head names when it sees
   *     what was painted; absent if it has none, or if no objects are known
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Painted(
      int images, OptionalDouble frechet, OptionalDouble reconstructed, Optional<Estimate> named) {}

  /**
   * What images are like of which the middle, half of each side, was made up.
   *
   * @param images that were completed, the first of the slice
   * @param frechet distance of the completed pictures from these images; absent if nobody looked,
   *     or at fewer than two
   * @param reconstructed the same distance of these images' reconstructions
   * @param hole PSNR of the made-up part, decibels
   * @param holeReconstructed the same of the reconstructions, which saw what was there
   * @param holeFlat the same of the mean colour of what surrounds the hole
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Completed(
      int images,
      OptionalDouble frechet,
      OptionalDouble reconstructed,
      Estimate hole,
      Estimate holeReconstructed,
      Estimate holeFlat) {}

  /**
   * Shares of questions answered rightly, and what wrong answers are worth.
   *
   * @param weighted over types as COCO-QA has them
   * @param types results by type
   * @param sure share of the answers that reach the bundle's threshold
   * @param rightWhenSure share of those that are right
   * @param majority weighted share that the most frequent training answer of each type gets right
   * @param questionOnly weighted share of the same head trained without images, if it is at hand
   * @param wups90 weighted WUPS at 0.9
   * @param wups0 weighted WUPS at 0.0
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Answers(
      Estimate weighted,
      Map<String, Type> types,
      double sure,
      double rightWhenSure,
      Estimate majority,
      Optional<Estimate> questionOnly,
      Wups wups90,
      Wups wups0) {}

  /**
   * WUPS of all who answer, 0 .. 1.
   *
   * @param own of the bundle
   * @param majority of the most frequent training answer of each type
   * @param questionOnly of the head without images, if it is at hand
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Wups(Estimate own, Estimate majority, Optional<Estimate> questionOnly) {}

  /**
   * Results of one type of question.
   *
   * @param questions how many
   * @param right share answered rightly
   * @param majority share that the most frequent training answer gets right
   * @param questionOnly share of the head without images
   * @param wups90 WUPS at 0.9
   * @param wups0 WUPS at 0.0
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Type(
      int questions,
      Estimate right,
      double majority,
      Optional<Double> questionOnly,
      Wups wups90,
      Wups wups0) {}

  /**
   * What captions say, beside two that never see the image.
   *
   * @param own of the bundle; in JSON its parts stand beside the baselines
   * @param nearest the caption of the training image that looks most alike
   * @param random the caption of any training image
   */
  public record Captions(
      @JsonUnwrapped CaptionScores own, CaptionScores nearest, CaptionScores random) {}

  /**
   * What the captions of one speaker say.
   *
   * @param named share of the images' objects that are named; absent if no objects are known
   * @param truthful share of the named objects that are there; absent likewise
   * @param counts absent if nobody has counted the objects
   * @param wording beside the corpus's captions
   * @param words mean length
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record CaptionScores(
      Optional<Estimate> named,
      Optional<Estimate> truthful,
      Optional<Counts> counts,
      WordingResult wording,
      double words) {}

  /**
   * Whether captions say how many there are.
   *
   * @param right share of the images' objects that are named with the right number
   * @param rightOfNamed share of the named objects that have the right number
   * @param all share of the images of whose objects each is named with the right number
   */
  public record Counts(Estimate right, Estimate rightOfNamed, Estimate all) {}
}
