package io.lgvq.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.training.guidance.GuidanceSettings.Weights;
import org.junit.jupiter.api.Test;

class GradientBalanceTest {

  @Test
  void shouldWeighALossSoThatItsGradientIsTheGivenShareOfTheReconstructions() {
    GradientBalance balance = new GradientBalance(new Weights(0.2f, 0.1f, 0.3f, 10, 100));
    balance.measure(1, 8, 2);
    assertThat(balance.weight(1)).isCloseTo(0.1f * 2 / 8, within(1e-6f));
  }

  @Test
  void shouldNeverExceedTheLargestWeight() {
    GradientBalance balance = new GradientBalance(new Weights(0.2f, 0.1f, 0.3f, 10, 100));
    balance.measure(2, 1e-9f, 2);
    assertThat(balance.weight(2)).isEqualTo(100);
  }

  @Test
  void shouldWeighNothingWhatIsNotWantedAndNotWaitForIt() {
    GradientBalance balance = new GradientBalance(new Weights(0, 0.1f, 0, 10, 100));
    assertThat(balance.weight(0)).isZero();
    assertThat(balance.measures(3)).isTrue();
    balance.measure(1, 1, 1);
    assertThat(balance.measures(3)).isFalse();
    assertThat(balance.measures(10)).isTrue();
  }

  @Test
  void shouldKeepFixedWeightsWithoutMeasuring() {
    GradientBalance balance = new GradientBalance(new Weights(1e-3f, 1e-2f, 1e-4f, 0, 100));
    assertThat(balance.measures(0)).isFalse();
    assertThat(balance.weight(1)).isEqualTo(1e-2f);
  }

  @Test
  void shouldGoOnWithTheSameWeightsAfterARestore() {
    GradientBalance one = new GradientBalance(new Weights(0.2f, 0.1f, 0.3f, 10, 100));
    one.measure(0, 3, 2);
    GradientBalance other = new GradientBalance(new Weights(0.2f, 0.1f, 0.3f, 10, 100));
    other.restore(one.state());
    assertThat(other.weight(0)).isEqualTo(one.weight(0));
  }
}
