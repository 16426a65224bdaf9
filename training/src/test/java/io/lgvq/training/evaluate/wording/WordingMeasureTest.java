package io.lgvq.training.evaluate.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Measures of wording against captions worked out by hand. */
class WordingMeasureTest {

  private static final String ON_THE_BEACH = "a red dog on the beach";
  private static final String ON_A_BEACH = "a red dog on a beach";

  private final WordingMeasure measure = new WordingMeasure();

  @Test
  void shouldFindNothingMissingInCaptionThatIsReference() {
    measure.add("A red dog, on a beach!", List.of("two cats", ON_A_BEACH));
    measure.add("three blue birds in the sky", List.of("three blue birds in the sky"));
    assertThat(measure.result().bleu4().value()).isCloseTo(1, within(1e-9));
    assertThat(measure.result().rougeL().value()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldTakeGeometricMeanOfSharesOfNgrams() {
    measure.add(ON_THE_BEACH, List.of(ON_A_BEACH, "two cats"));
    // 5 of 6 words, 3 of 5 pairs, 2 of 4 triples, 1 of 3 quadruples: (1 / 12) ^ (1 / 4).
    assertThat(measure.result().bleu4().value()).isCloseTo(0.537285, within(1e-6));
  }

  @Test
  void shouldCountNgramsOfAllImagesTogether() {
    measure.add(ON_THE_BEACH, List.of(ON_A_BEACH));
    measure.add("two cats", List.of("two cats"));
    // 7 of 8 words, 4 of 6 pairs, 2 of 4 triples, 1 of 3 quadruples.
    assertThat(measure.result().bleu4().value())
        .isCloseTo(Math.pow(7 / 8.0 * 4 / 6 * 2 / 4 / 3, 0.25), within(1e-9));
  }

  @Test
  void shouldCountWordNoOftenerThanOneReferenceHasIt() {
    measure.add("dog dog dog dog dog", List.of("dog dog dog dog", "dog"));
    // 4 of 5, 3 of 4, 2 of 3, 1 of 2.
    assertThat(measure.result().bleu4().value()).isCloseTo(Math.pow(0.2, 0.25), within(1e-9));
  }

  @Test
  void shouldPunishCaptionShorterThanItsClosestReference() {
    measure.add("a red dog on", List.of(ON_A_BEACH, "a red dog on a beach by the sea"));
    // All n-grams are there; 4 words where the closest reference has 6.
    assertThat(measure.result().bleu4().value()).isCloseTo(Math.exp(1 - 6 / 4.0), within(1e-9));
  }

  @Test
  void shouldTakeShorterOfTwoReferencesThatAreAsClose() {
    measure.add("a red dog on", List.of("a red dog on sand", "a red dog"));
    assertThat(measure.result().bleu4().value()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldHaveNoBleuWithoutFourWordsInARow() {
    measure.add("a dog", List.of("a dog"));
    assertThat(measure.result().bleu4().value()).isZero();
  }

  @Test
  void shouldTakeBestPrecisionAndBestRecallOfAllReferences() {
    measure.add("a dog on the beach", List.of("a brown dog runs on the sand", "a dog"));
    // "a dog on the" is 4 of the caption's 5 words; "a dog" is all of the second reference.
    assertThat(measure.result().rougeL().value())
        .isCloseTo(2.44 * 0.8 / (1 + 1.44 * 0.8), within(1e-9));
  }

  @Test
  void shouldFindNothingInCommonWithEmptyCaption() {
    measure.add("", List.of(ON_A_BEACH));
    measure.add("", List.of("two cats"));
    assertThat(measure.result().bleu4().value()).isZero();
    assertThat(measure.result().rougeL().value()).isZero();
    assertThat(measure.result().ciderD().value()).isZero();
  }

  @Test
  void shouldAverageLikenessOverNgramsAndReferences() {
    double[] scores = cider("red cat", "blue cat");
    // Words and pairs are the same, and there are no triples: (1 + 1) / 4.
    assertThat(scores[0]).isCloseTo(5, within(1e-9));
    // One word of two, each weighing log 2, and no pair: 0.5 / 4.
    assertThat(scores[1]).isCloseTo(1.25, within(1e-9));
    assertThat(cider("red cat", "blue cat", "bird")[1]).isCloseTo(0.625, within(1e-9));
  }

  @Test
  void shouldGiveNothingForWordsThatEveryImageHas() {
    List<Worded> images =
        List.of(Worded.of("a dog", List.of("a dog")), Worded.of("a", List.of("a cat")));
    double[] scores = CiderD.of(images);
    assertThat(scores[0]).isCloseTo(5, within(1e-9));
    assertThat(scores[1]).isZero();
  }

  @Test
  void shouldFindSentencesOfDifferentLengthLessAlike() {
    // Cosine 1 / sqrt 2, one word shorter.
    assertThat(cider("cat", "blue cat")[1])
        .isCloseTo(10 * Math.sqrt(0.5) * Math.exp(-1 / 72.0) / 4, within(1e-9));
  }

  @Test
  void shouldGainNothingByRepeatingAWord() {
    // No more of "cat" counts than the reference has, but its length does: 1 / (2 sqrt 2).
    assertThat(cider("cat cat", "blue cat")[1])
        .isCloseTo(10 / (2 * Math.sqrt(2)) / 4, within(1e-9));
  }

  /** Of "red dog", which is its own reference, and of a second image. */
  private static double[] cider(String caption, String... references) {
    return CiderD.of(
        List.of(Worded.of("red dog", List.of("red dog")), Worded.of(caption, List.of(references))));
  }
}
