package io.lgvq.training.corpus;

import io.lgvq.operators.image.Pixels;
import java.util.List;

/**
 * One image of a corpus with what is known of it.
 *
 * @param id stable identity, for instance {@code test-new-compositions-17}
 * @param pixels the picture
 * @param captions one or more sentences that are true of it
 * @param questions questions with one-word answers; may be empty
 * @param objects words that a full caption names, one each; empty where unknown
 * @param counts how many there are of each object, in their order, 1 or more; empty where unknown
 * @param traits what else is known of the image and its objects
 */
public record Sample(
    String id,
    Pixels pixels,
    List<String> captions,
    List<QuestionAnswer> questions,
    List<String> objects,
    List<Integer> counts,
    Traits traits) {

  /**
   * @throws IllegalArgumentException if some objects have a count, or traits, and others have none
   */
  public Sample {
    if (!counts.isEmpty() && counts.size() != objects.size()) {
      throw new IllegalArgumentException(
          "%d counts for %d objects".formatted(counts.size(), objects.size()));
    }
    if (!traits.objects().isEmpty() && traits.objects().size() != objects.size()) {
      throw new IllegalArgumentException(
          "traits of %d objects for %d objects".formatted(traits.objects().size(), objects.size()));
    }
  }

  /** Of an image of which nothing else is known. */
  public Sample(
      String id,
      Pixels pixels,
      List<String> captions,
      List<QuestionAnswer> questions,
      List<String> objects,
      List<Integer> counts) {
    this(id, pixels, captions, questions, objects, counts, Traits.NONE);
  }

  /** Of objects that nobody has counted. */
  public Sample(
      String id,
      Pixels pixels,
      List<String> captions,
      List<QuestionAnswer> questions,
      List<String> objects) {
    this(id, pixels, captions, questions, objects, List.of());
  }

  /**
   * A question with its answer.
   *
   * @param type what is asked for, for instance {@code object}, {@code number}, {@code colour},
   *     {@code location}
   */
  public record QuestionAnswer(String question, String answer, String type) {}
}
