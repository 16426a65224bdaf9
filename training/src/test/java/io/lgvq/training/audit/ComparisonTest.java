package io.lgvq.training.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void shouldMarkWhatIsWorseThanTheMeanAndWhatIsBetter() {
    List<Observation> all = new ArrayList<>();
    all.addAll(answers("object", 0, 10, "cat"));
    all.addAll(answers("object", 10, 0, "dog"));
    all.addAll(answers("object", 12, 8, "bus"));

    Comparison found = Comparison.of(all, 2);

    // 22 of 40 are right: 0.55. Of all kinds together it is the same, for there is one kind.
    List<Finding> ofKind = of(found, "answers, object");
    assertThat(ofKind).extracting(Finding::value).containsExactly("cat", "bus", "dog");
    assertThat(ofKind).extracting(Finding::n).containsExactly(10, 20, 10);
    Finding cat = ofKind.get(0);
    assertThat(cat.expected()).isCloseTo(0.55, within(1e-9));
    assertThat(cat.difference()).isCloseTo(-0.55, within(1e-9));
    assertThat(cat.high()).isCloseTo(0.3085, within(1e-4));
    // Twice 0.45^10 and twice 0.55^10; among six comparisons all four hold.
    assertThat(cat.p()).isCloseTo(2 * Math.pow(0.45, 10), within(1e-9));
    assertThat(cat.outside()).isTrue();
    assertThat(cat.confirmed()).isTrue();
    assertThat(ofKind.get(1).outside()).isFalse();
    assertThat(ofKind.get(1).confirmed()).isFalse();
    assertThat(ofKind.get(2).p()).isCloseTo(2 * Math.pow(0.55, 10), within(1e-9));
    assertThat(ofKind.get(2).worse()).isFalse();
    assertThat(ofKind.get(2).confirmed()).isTrue();
  }

  @Test
  void shouldExpectOfAMixtureOfKindsWhatItsKindsAreWorth() {
    List<Observation> all = new ArrayList<>();
    all.addAll(answers("object", 10, 0, "cat"));
    all.addAll(answers("place", 2, 8, "dog"));
    all.addAll(answers("place", 3, 7, "cat"));

    Comparison found = Comparison.of(all, 2);

    // Objects are told rightly by 1, places by 1/4; cats have 10 of each.
    Finding cat =
        of(found, "answers, all kinds").stream()
            .filter(finding -> finding.value().equals("cat"))
            .findFirst()
            .orElseThrow();
    assertThat(cat.measured()).isCloseTo(13 / 20.0, within(1e-9));
    assertThat(cat.expected()).isCloseTo((10 * 1 + 10 * 0.25) / 20, within(1e-9));
    assertThat(cat.outside()).isFalse();
  }

  @Test
  void shouldNotCompareFewObservationsNorAllOfThemWithThemselves() {
    List<Observation> all = new ArrayList<>();
    all.addAll(answers("object", 0, 4, "cat"));
    all.addAll(answers("object", 9, 1, "dog"));
    all.replaceAll(
        one ->
            new Observation(
                one.image(),
                one.measure(),
                one.value(),
                Map.of("object", one.traits().get("object"), "split", Set.of("test"))));

    Comparison found = Comparison.of(all, 5);

    // Of cats there are too few, for the one kind and for all kinds; the split is everything.
    assertThat(found.tooFew()).isEqualTo(2);
    assertThat(found.findings()).extracting(Finding::value).containsOnly("dog");
  }

  @Test
  void shouldKeepOfManyComparisonsOnlyThoseThatHoldTogether() {
    List<Finding> findings =
        DoubleStream.of(0.5, 0.025, 0.008, 0.2, 0.029).mapToObj(ComparisonTest::finding).toList();

    // In order against 0.01, 0.02, 0.03, 0.04, 0.05: the third is below, so the first three hold.
    assertThat(Discoveries.confirm(findings))
        .extracting(Finding::confirmed)
        .containsExactly(false, true, true, false, true);
  }

  @Test
  void shouldKeepNothingWhereAllCouldBeChance() {
    List<Finding> findings =
        DoubleStream.of(0.04, 0.03, 0.9, 0.8).mapToObj(ComparisonTest::finding).toList();

    assertThat(Discoveries.confirm(findings)).noneMatch(Finding::confirmed);
  }

  private static List<Finding> of(Comparison comparison, String measure) {
    return comparison.findings().stream()
        .filter(finding -> finding.measure().equals(measure))
        .toList();
  }

  private static List<Observation> answers(String kind, int right, int wrong, String object) {
    // Each in an image of its own: what is asked of one image hangs together.
    int first = (kind + object).hashCode();
    return Observed.answers(kind, right, wrong, Map.of("object", Set.of(object))).stream()
        .map(one -> new Observation(one.image() + first, one.measure(), one.value(), one.traits()))
        .toList();
  }

  private static Finding finding(double p) {
    return new Finding("PSNR", "hand", "x", 30, 20, 19, 21, 22, -2, p, p < 0.05, false);
  }
}
