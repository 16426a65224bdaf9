package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle makes of one image.
 *
 * @param split whose image it is
 * @param index in that split
 * @param sample the image with what is true of it
 * @param grid its codes
 * @param reconstruction what the codes bring back
 * @param caption absent if the bundle has no caption head
 * @param answers to the sample's questions, in their order; empty if the bundle has no answer head
 */
public record Outcome(
    String split,
    long index,
    Sample sample,
    TokenGrid grid,
    Pixels reconstruction,
    Optional<String> caption,
    List<AnswerResult> answers) {

  /** Peak signal-to-noise ratio of the reconstruction, decibels. */
  public double psnr() {
    return ReconstructionMeasure.psnr(sample.pixels(), reconstruction);
  }

  /** Whether the caption names an object, in singular or plural. */
  public boolean names(String object) {
    return caption.stream().anyMatch(text -> mentions(text, object));
  }

  /** Whether the answer to a question, by number, is the expected word. */
  public boolean right(int question) {
    return answers.get(question).best().text().equals(sample.questions().get(question).answer());
  }

  /** Whether a text holds an object's name, in singular or plural. */
  public static boolean mentions(String text, String object) {
    return Vocabulary.split(text).stream().anyMatch(word -> Plurals.isFormOf(word, object));
  }
}
