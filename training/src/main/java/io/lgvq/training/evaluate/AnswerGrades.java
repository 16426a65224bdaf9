package io.lgvq.training.evaluate;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.evaluate.wordnet.WuPalmer;
import io.lgvq.training.evaluate.wordnet.Wups;
import java.util.List;

/**
 * The answers of one who answers, by all that they are measured by: accuracy, and WUPS at 0.9 and
 * 0.0.
 *
 * <p>Threading: one thread.
 */
final class AnswerGrades {

  private final AnswerMeasure right = new AnswerMeasure(AnswerGrades::equal);
  private final AnswerMeasure wups90;
  private final AnswerMeasure wups0;

  /**
   * @param words shared by all who answer
   */
  AnswerGrades(WuPalmer words) {
    wups90 = new AnswerMeasure(new Wups(words, 0.9)::of);
    wups0 = new AnswerMeasure(new Wups(words, 0)::of);
  }

  private static double equal(String expected, String given) {
    return expected.equals(given) ? 1 : 0;
  }

  /** Counts the next image: all that is asked of it, and the answers in order. */
  void add(List<QuestionAnswer> questions, List<String> answers) {
    List.of(right, wups90, wups0).forEach(measure -> measure.add(questions, answers));
  }

  /** Accuracy. */
  AnswerMeasure right() {
    return right;
  }

  /** WUPS at 0.9. */
  AnswerMeasure wups90() {
    return wups90;
  }

  /** WUPS at 0.0. */
  AnswerMeasure wups0() {
    return wups0;
  }
}
