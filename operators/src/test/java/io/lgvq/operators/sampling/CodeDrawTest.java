package io.lgvq.operators.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.OperatorException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeDrawTest {

  private static final int PLACES = 20_000;
  private static final float[] LOGS = logs(0.5, 0.3, 0.15, 0.05);

  @Test
  void shouldDrawWithTheProbabilitiesGiven() {
    double[] shares = shares(new Sampling(1, 0), 7);
    for (int code = 0; code < LOGS.length; code++) {
      assertThat(shares[code]).isCloseTo(Math.exp(LOGS[code]), within(0.012));
    }
  }

  @Test
  void shouldSharpenByTemperature() {
    // Squared and brought back to a sum of 1.
    double[] shares = shares(new Sampling(0.5f, 0), 7);
    double sum = 0.25 + 0.09 + 0.0225 + 0.0025;
    assertThat(shares[0]).isCloseTo(0.25 / sum, within(0.012));
    assertThat(shares[1]).isCloseTo(0.09 / sum, within(0.012));
  }

  @Test
  void shouldDrawFromTheTopAlone() {
    double[] shares = shares(new Sampling(1, 2), 7);
    assertThat(shares[0]).isCloseTo(0.625, within(0.012));
    assertThat(shares[2] + shares[3]).isZero();
  }

  @Test
  void shouldTakeTheLikeliestAtTemperatureZeroAndTheFirstOfEqualOnes() {
    CodeDraw draw = new CodeDraw(Sampling.mostLikely(), 3);
    assertThat(draw.at(0, LOGS)).isZero();
    assertThat(draw.at(9, new float[] {-3, -1, -2, -1})).isEqualTo(1);
  }

  @Test
  void shouldGiveTheSameForTheSameSeedInAnyOrderOfPlaces() {
    CodeDraw draw = new CodeDraw(new Sampling(1, 0), 11);
    int[] forward = IntStream.range(0, 500).map(place -> draw.at(place, LOGS)).toArray();
    CodeDraw again = new CodeDraw(new Sampling(1, 0), 11);
    int[] backward = new int[500];
    for (int place = 499; place >= 0; place--) {
      backward[place] = again.at(place, LOGS);
    }
    assertThat(backward).isEqualTo(forward);
  }

  @Test
  void shouldDrawAnewForEverySeedNeighboursIncluded() {
    int[] codes = codes(new Sampling(1, 0), 11);
    int[] others = codes(new Sampling(1, 0), 12);
    double chance = 0.25 + 0.09 + 0.0225 + 0.0025;
    for (int shift = 0; shift < 3; shift++) {
      int by = shift;
      double same =
          (double) IntStream.range(0, PLACES - 3).filter(i -> codes[i + by] == others[i]).count()
              / (PLACES - 3);
      assertThat(same).as("shifted by %d", shift).isCloseTo(chance, within(0.02));
    }
  }

  @Test
  void shouldSayThatThereAreNoNumbers() {
    float[] broken = {Float.NaN, Float.NaN};
    for (Sampling sampling :
        new Sampling[] {Sampling.mostLikely(), new Sampling(1, 0), new Sampling(1, 1)}) {
      assertThatThrownBy(() -> new CodeDraw(sampling, 1).at(0, broken))
          .isInstanceOf(OperatorException.class)
          .hasMessage("The model gave no numbers to choose codes by.");
    }
  }

  @Test
  void shouldRefuseWhatIsNoSampling() {
    for (float temperature : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Sampling(temperature, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Sampling(1, -1)).hasMessageContaining("top must be 0 or more");
  }

  private static double[] shares(Sampling sampling, long seed) {
    double[] shares = new double[LOGS.length];
    Arrays.stream(codes(sampling, seed)).forEach(code -> shares[code] += 1.0 / PLACES);
    return shares;
  }

  private static int[] codes(Sampling sampling, long seed) {
    CodeDraw draw = new CodeDraw(sampling, seed);
    return IntStream.range(0, PLACES).map(place -> draw.at(place, LOGS)).toArray();
  }

  private static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(probabilities[i]);
    }
    return logs;
  }
}
