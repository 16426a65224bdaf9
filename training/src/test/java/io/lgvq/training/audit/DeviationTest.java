package io.lgvq.training.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Intervals and probabilities against values worked out by hand. */
class DeviationTest {

  @Test
  void shouldGiveAnIntervalEvenWhereAllIsWrong() {
    Deviation found = Deviation.ofShare(Observed.answers(0, 10), 0.5);

    // The largest share under which ten wrong of ten have 2.5 %: (1 - x)^10 = 0.025.
    assertThat(found.low()).isZero();
    assertThat(found.high()).isCloseTo(0.3085, within(1e-4));
    // Twice 0.5^10.
    assertThat(found.p()).isCloseTo(2 / 1024.0, within(1e-9));
  }

  @Test
  void shouldGiveAnIntervalEvenWhereAllIsRight() {
    Deviation found = Deviation.ofShare(Observed.answers(10, 0), 0.5);

    assertThat(found.low()).isCloseTo(0.6915, within(1e-4));
    assertThat(found.high()).isEqualTo(1);
    assertThat(found.p()).isCloseTo(2 / 1024.0, within(1e-9));
  }

  @Test
  void shouldGiveTheExactTailsOfTheBinomialDistribution() {
    Deviation found = Deviation.ofShare(Observed.answers(8, 2), 0.5);

    // Eight, nine or ten of ten: (45 + 10 + 1) / 1024, on either side.
    assertThat(found.p()).isCloseTo(2 * 56 / 1024.0, within(1e-9));
    // As tables of Clopper and Pearson's intervals have it.
    assertThat(found.low()).isCloseTo(0.4439, within(1e-4));
    assertThat(found.high()).isCloseTo(0.9748, within(1e-4));
  }

  @Test
  void shouldLeaveTheExpectationOutJustWhereItsProbabilityIsSmall() {
    for (int right = 0; right <= 30; right++) {
      Deviation found = Deviation.ofShare(Observed.answers(right, 30 - right), 0.7);

      assertThat(found.p() < 0.05).isEqualTo(found.low() > 0.7 || found.high() < 0.7);
    }
  }

  @Test
  void shouldCountAnswersThatFailTogetherOnce() {
    List<Observation> twice = new ArrayList<>(Observed.answers(8, 2));
    twice.addAll(Observed.answers(8, 2));

    Deviation found = Deviation.ofShare(twice, 0.6);
    Deviation once = Deviation.ofShare(Observed.answers(8, 2), 0.6);
    assertThat(found.low()).isCloseTo(once.low(), within(1e-9));
    assertThat(found.high()).isCloseTo(once.high(), within(1e-9));
    assertThat(found.p()).isCloseTo(once.p(), within(1e-9));
  }

  @Test
  void shouldNotCountAnswersThatFailInTurnMoreThanOnce() {
    List<Observation> inTurn = new ArrayList<>(Observed.answers(5, 5));
    for (int image = 0; image < 10; image++) {
      inTurn.add(new Observation(image, Measure.answers("object"), image < 5 ? 0 : 1, Map.of()));
    }

    assertThat(Deviation.ofShare(inTurn, 0.4).p())
        .isEqualTo(Deviation.ofShare(Observed.answers(10, 10), 0.4).p());
  }

  @Test
  void shouldGiveStudentsIntervalOfDecibels() {
    Deviation found = Deviation.ofMean(Observed.decibels(21, 22, 23, 24, 25), 20);

    // Mean 23, variance 2.5, error sqrt(2.5 / 5) = 0.7071; 97.5 % of t with 4 degrees is 2.7764.
    assertThat(found.value()).isEqualTo(23);
    assertThat(found.low()).isCloseTo(23 - 1.9633, within(1e-3));
    assertThat(found.high()).isCloseTo(23 + 1.9633, within(1e-3));
    // t = 3 / 0.7071 = 4.2426; with 4 degrees 1.32 % are as far off or farther.
    assertThat(found.p()).isCloseTo(0.0132, within(1e-4));
  }
}
