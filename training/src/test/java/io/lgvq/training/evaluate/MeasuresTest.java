package io.lgvq.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.wordnet.WuPalmer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures against examples worked out by hand. */
class MeasuresTest {

  @Test
  void shouldMeasurePeakSignalToNoiseRatio() {
    Pixels original = new Pixels(2, 1, new byte[] {0, 0, 0, (byte) 255, 100, 100});
    Pixels other = new Pixels(2, 1, new byte[] {10, 0, 0, (byte) 245, 100, 110});
    // Mean squared difference (100 + 100 + 100) / 6 = 50; 10 log10(65025 / 50) = 31.141.
    assertThat(ReconstructionMeasure.psnr(original, other)).isCloseTo(31.141, within(1e-3));
    assertThat(ReconstructionMeasure.psnr(original, original)).isEqualTo(99);
  }

  @Test
  void shouldCountCodesAndTheirPerplexity() {
    CodebookUse even = CodebookUse.of(new long[] {5, 5, 0, 5, 5});
    assertThat(even.used()).isEqualTo(4);
    assertThat(even.usage()).isEqualTo(0.8);
    assertThat(even.perplexity()).isCloseTo(4, within(1e-9));
    // Entropy of (3/4, 1/4) is 0.5623 nats, and exp of it 1.7548.
    assertThat(CodebookUse.of(new long[] {3, 1}).perplexity()).isCloseTo(1.7548, within(1e-4));
  }

  @Test
  void shouldWeighTypesAsCocoQaDoes() {
    AnswerMeasure measure = right();
    measure.add(List.of(asked("cat", "object"), asked("two", "number")), List.of("cat", "three"));
    measure.add(List.of(asked("dog", "object"), asked("red", "colour")), List.of("cat", "red"));
    measure.add(List.of(asked("left", "location")), List.of("left"));
    // 0.70 * 1/2 + 0.07 * 0 + 0.17 * 1 + 0.06 * 1
    assertThat(measure.weighted().value()).isCloseTo(0.58, within(1e-9));
    assertThat(measure.of("object").value()).isEqualTo(0.5);
    assertThat(measure.asked())
        .containsEntry("object", 2)
        .containsEntry("number", 1)
        .containsEntry("colour", 1)
        .containsEntry("location", 1);
  }

  @Test
  void shouldWeighOnlyTypesThatAreThere() {
    AnswerMeasure measure = right();
    measure.add(List.of(asked("cat", "object"), asked("two", "number")), List.of("cat", "three"));
    assertThat(measure.weighted().value()).isCloseTo(0.70 / 0.77, within(1e-9));
  }

  @Test
  void shouldWeighUnknownTypesByTheirQuestions() {
    AnswerMeasure measure = right();
    measure.add(List.of(asked("yes", "polar"), asked("no", "polar")), List.of("yes", "no"));
    measure.add(List.of(asked("cat", "animal"), asked("no", "polar")), List.of("dog", "no"));
    assertThat(measure.weighted().value()).isCloseTo(0.75, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "cat,cat",
    "cats,cat",
    "buses,bus",
    "butterflies,butterfly",
    "wolves,wolf",
    "knives,knife",
    "snowmen,snowman",
    "mice,mouse",
    "potatoes,potato"
  })
  void shouldKnowPlurals(String word, String object) {
    assertThat(Plurals.isFormOf(word, object)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"cattle,cat", "car,cat", "cat,cats", "busy,bus"})
  void shouldNotTakeOtherWordsForPlurals(String word, String object) {
    assertThat(Plurals.isFormOf(word, object)).isFalse();
  }

  @Test
  void shouldCoverTheMeanOfManyDraws() {
    double[] numbers = new double[400];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 2;
    }
    Estimate estimate = Estimate.mean(numbers);
    // Standard error 0.5 / sqrt(400) = 0.025, so the interval is about 0.5 +- 0.049.
    assertThat(estimate.value()).isEqualTo(0.5);
    assertThat(estimate.low()).isCloseTo(0.451, within(0.01));
    assertThat(estimate.high()).isCloseTo(0.549, within(0.01));
    assertThat(Estimate.mean(numbers)).isEqualTo(estimate);
  }

  private static AnswerMeasure right() {
    return new AnswerGrades(new WuPalmer()).right();
  }

  private static QuestionAnswer asked(String answer, String type) {
    return new QuestionAnswer("?", answer, type);
  }
}
