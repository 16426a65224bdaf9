package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.wordnet.WuPalmer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A head's answers beside those of two that see no image.
 *
 * <p>Threading: one thread.
 */
final class AnswerComparison {

  private final AnswerGrades own;
  private final AnswerGrades majority;
  private final AnswerGrades questionOnly;
  private final Shares sure = new Shares();
  private final Shares rightWhenSure = new Shares();
  private boolean compared;

  AnswerComparison(WuPalmer words) {
    this.own = new AnswerGrades(words);
    this.majority = new AnswerGrades(words);
    this.questionOnly = new AnswerGrades(words);
  }

  /**
   * Counts the next image.
   *
   * @param questions all that is asked of it
   * @param answered by the head, in order
   * @param frequent the most frequent training answer to each
   * @param guessed by the head without images, if there is one: for every image or for none
   */
  void add(
      List<QuestionAnswer> questions,
      List<AnswerResult> answered,
      List<String> frequent,
      Optional<List<AnswerResult>> guessed) {
    own.add(questions, texts(answered));
    majority.add(questions, frequent);
    guessed.ifPresent(results -> questionOnly.add(questions, texts(results)));
    compared |= guessed.isPresent();
    countSure(questions, answered);
  }

  private void countSure(List<QuestionAnswer> questions, List<AnswerResult> results) {
    int sureHere = 0;
    int rightHere = 0;
    for (int i = 0; i < questions.size(); i++) {
      AnswerResult result = results.get(i);
      sureHere += result.sure() ? 1 : 0;
      rightHere += result.sure() && result.best().text().equals(questions.get(i).answer()) ? 1 : 0;
    }
    sure.add(sureHere, questions.size());
    rightWhenSure.add(rightHere, sureHere);
  }

  private static List<String> texts(List<AnswerResult> results) {
    return results.stream().map(result -> result.best().text()).toList();
  }

  /** Empty if nothing was asked. */
  Optional<Report.Answers> result() {
    Map<String, Report.Type> types = new LinkedHashMap<>();
    own.right().asked().forEach((type, asked) -> types.put(type, type(type, asked)));
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Report.Answers(
                own.right().weighted(),
                types,
                sure.share(),
                rightWhenSure.share(),
                majority.right().weighted(),
                ifCompared(AnswerGrades::right, AnswerMeasure::weighted),
                wups(AnswerGrades::wups90, AnswerMeasure::weighted),
                wups(AnswerGrades::wups0, AnswerMeasure::weighted)));
  }

  private Report.Type type(String type, int asked) {
    Function<AnswerMeasure, Estimate> ofType = measure -> measure.of(type);
    return new Report.Type(
        asked,
        own.right().of(type),
        majority.right().of(type).value(),
        ifCompared(AnswerGrades::right, ofType).map(Estimate::value),
        wups(AnswerGrades::wups90, ofType),
        wups(AnswerGrades::wups0, ofType));
  }

  private Report.Wups wups(
      Function<AnswerGrades, AnswerMeasure> measure, Function<AnswerMeasure, Estimate> figure) {
    Function<AnswerGrades, Estimate> figures = measure.andThen(figure);
    return new Report.Wups(
        figures.apply(own), figures.apply(majority), ifCompared(measure, figure));
  }

  private Optional<Estimate> ifCompared(
      Function<AnswerGrades, AnswerMeasure> measure, Function<AnswerMeasure, Estimate> figure) {
    return compared ? Optional.of(measure.andThen(figure).apply(questionOnly)) : Optional.empty();
  }
}
