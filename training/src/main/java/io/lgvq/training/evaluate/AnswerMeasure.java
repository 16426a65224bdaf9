package io.lgvq.training.evaluate;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.estimate.Estimate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What answers are worth, for each type of question and weighted over the types: where an answer is
 * worth 1 if it is the expected word and else nothing, the share of questions answered rightly.
 *
 * <p>The weights are the shares that the types have in COCO-QA (Ren et al., NeurIPS 2015), among
 * the types that there are; types that COCO-QA lacks weigh as many questions as they have.
 * Threading: one thread.
 */
final class AnswerMeasure {

  private static final Map<String, Double> COCO_QA =
      Map.of("object", 0.70, "number", 0.07, "colour", 0.17, "location", 0.06);

  /** What an answer is worth, 0 .. 1. */
  @FunctionalInterface
  interface Grade {
    double of(String expected, String given);
  }

  private final Grade grade;
  private final Map<String, Shares> types = new TreeMap<>();
  private int images;

  AnswerMeasure(Grade grade) {
    this.grade = grade;
  }

  /**
   * Counts the next image.
   *
   * @param questions all that is asked of it
   * @param answers to them, in order
   */
  void add(List<QuestionAnswer> questions, List<String> answers) {
    questions.forEach(question -> types.computeIfAbsent(question.type(), this::late));
    types.forEach(
        (type, shares) -> {
          double worth = 0;
          int asked = 0;
          for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).type().equals(type)) {
              asked++;
              worth += grade.of(questions.get(i).answer(), answers.get(i));
            }
          }
          shares.add(worth, asked);
        });
    images++;
  }

  /** A type that no image before asked for. */
  private Shares late(String type) {
    Shares shares = new Shares();
    for (int i = 0; i < images; i++) {
      shares.add(0, 0);
    }
    return shares;
  }

  /** Number of questions by type. */
  Map<String, Integer> asked() {
    Map<String, Integer> asked = new TreeMap<>();
    types.forEach((type, shares) -> asked.put(type, shares.total()));
    return asked;
  }

  /** Mean worth of the answers to a type of question that was asked. */
  Estimate of(String type) {
    return types.get(type).estimate();
  }

  /** Mean worth over all types, weighted. */
  Estimate weighted() {
    return Estimate.of(images, this::weighted);
  }

  private double weighted(int[] chosen) {
    double sum = 0;
    double weights = 0;
    for (Map.Entry<String, Shares> type : types.entrySet()) {
      double weight = weight(type.getKey());
      sum += weight * type.getValue().share(chosen);
      weights += weight;
    }
    return weights == 0 ? 0 : sum / weights;
  }

  private double weight(String type) {
    Double known = COCO_QA.get(type);
    if (known != null) {
      return known;
    }
    int all = types.values().stream().mapToInt(Shares::total).sum();
    return all == 0 ? 0 : (double) types.get(type).total() / all;
  }
}
