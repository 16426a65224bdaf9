package io.lgvq.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.estimate.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What captions say, against examples worked out by hand. */
class CaptionMeasureTest {

  private static final Pixels PICTURE = new Pixels(1, 1, new byte[3]);

  private final CaptionMeasure measure = new CaptionMeasure();

  @Test
  void shouldMeasureWhatCaptionsNameAndWhetherItIsThere() {
    measure.add(counted("cat", 2, "bus", 1), "two cats next to a dog");
    measure.add(counted("dog", 1), "A dog.");
    Report.CaptionScores scores = measure.result();
    // Named: cat and dog of cat, bus, dog. There: cat and the second dog of cat, dog, dog.
    assertThat(scores.named().map(Estimate::value).orElseThrow()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(scores.truthful().map(Estimate::value).orElseThrow())
        .isCloseTo(2 / 3.0, within(1e-9));
    assertThat(scores.words()).isEqualTo(4);
  }

  @Test
  void shouldMeasureWhetherObjectsHaveTheirRightNumber() {
    measure.add(counted("cat", 2, "bus", 1), "two cats and a bus");
    measure.add(counted("dog", 3, "sheep", 1), "two dogs and a sheep");
    measure.add(counted("apple", 1, "car", 4), "an apple");
    Report.Counts counts = measure.result().counts().orElseThrow();
    // Right: cat, bus, sheep, apple, of six objects, of which five are named; all in one of three.
    assertThat(counts.right().value()).isCloseTo(4 / 6.0, within(1e-9));
    assertThat(counts.rightOfNamed().value()).isCloseTo(4 / 5.0, within(1e-9));
    assertThat(counts.all().value()).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void shouldSayNothingOfNumbersThatNobodyCounted() {
    measure.add(sample(List.of("cat"), List.of()), "a cat");
    assertThat(measure.result().named()).isPresent();
    assertThat(measure.result().counts()).isEmpty();
  }

  @Test
  void shouldMeasureWordingAloneWhereNoObjectsAreKnown() {
    measure.add(sample(List.of(), List.of()), "a picture of everything there is");
    Report.CaptionScores scores = measure.result();
    assertThat(scores.named()).isEmpty();
    assertThat(scores.truthful()).isEmpty();
    assertThat(scores.wording().bleu4().value()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldReportCaptionsBesideTheirBaselines() throws Exception {
    measure.add(counted("cat", 2), "two cats");
    CaptionMeasure nearest = new CaptionMeasure();
    nearest.add(counted("cat", 2), "a cat");
    Report report =
        report(new Report.Captions(measure.result(), nearest.result(), nearest.result()));
    var captions = new ObjectMapper().readTree(ReportJson.of(report)).at("/slices/test/captions");
    assertThat(captions.at("/named/value").asDouble()).isEqualTo(1);
    assertThat(captions.at("/counts/right/value").asDouble()).isEqualTo(1);
    assertThat(captions.at("/nearest/counts/right/value").asDouble()).isZero();
    assertThat(captions.at("/wording/rougeL/value").isNumber()).isTrue();
    assertThat(ReportTable.of(report))
        .contains("| test  | own", "| test  | nearest image", "CIDEr");
  }

  @ParameterizedTest
  @CsvSource({
    "two blue cats on a beach,2",
    "a cat,1",
    "there is an orange cat,1",
    "three big wild cats,3",
    "12 cats,12",
    "on the beach cat,1",
    "a dog and four cats,4",
    "a cat and a red cat,2",
    "a dog to the left of the cat,1"
  })
  void shouldReadNumbersAsPeopleDo(String caption, int cats) {
    assertThat(SaidNumbers.of(List.of(caption.split(" ")), "cat")).hasValue(cats);
  }

  @ParameterizedTest
  @CsvSource({"a dog", "cats", "two dogs and cats", "a beach with cats", "the cats"})
  void shouldNotMakeUpNumbers(String caption) {
    assertThat(SaidNumbers.of(List.of(caption.split(" ")), "cat")).isEmpty();
  }

  private static Report report(Report.Captions captions) {
    Estimate any = new Estimate(0, 0, 0);
    Report.Slice slice =
        new Report.Slice(
            1,
            any,
            OptionalDouble.empty(),
            CodebookUse.of(new long[] {1}),
            Optional.empty(),
            Optional.of(captions),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Report("bundle", "corpus", 1, Map.of("test", slice));
  }

  private static Sample counted(Object... pairs) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      counts.put((String) pairs[i], (Integer) pairs[i + 1]);
    }
    return sample(List.copyOf(counts.keySet()), List.copyOf(counts.values()));
  }

  private static Sample sample(List<String> objects, List<Integer> counts) {
    return new Sample(
        "1", PICTURE, List.of("a picture of everything there is"), List.of(), objects, counts);
  }
}
