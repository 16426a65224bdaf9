package io.lgvq.training.evaluate.frechet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Distances of Gaussians against their closed forms. */
class FrechetDistanceTest {

  @Test
  void shouldBeNothingBetweenEqualSets() {
    for (int count : new int[] {5, 40}) { // fewer and more than dimensions
      List<float[]> vectors = random(count, 12, 1, 3);
      assertThat(FrechetDistance.between(vectors, vectors)).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void shouldAddDistanceOfMeansAndOfDeviationsInOneDimension() {
    // Mean 2 and variance ((-2)^2 + 0 + 2^2) / 2 = 4; mean 7 and variance (1 + 0 + 1) / 2 = 1.
    // (2 - 7)^2 + (2 - 1)^2 = 26.
    List<float[]> wide = List.of(new float[] {0}, new float[] {2}, new float[] {4});
    List<float[]> narrow = List.of(new float[] {6}, new float[] {7}, new float[] {8});
    assertThat(FrechetDistance.between(wide, narrow)).isCloseTo(26, within(1e-9));
  }

  @Test
  void shouldAddUpIndependentDimensions() {
    // Four corners (+-a, +-b): variances 4 a^2 / 3 and 4 b^2 / 3, covariance 0. With (3, 1) and
    // (1, 2): 4 / 3 ((3 - 1)^2 + (1 - 2)^2) = 20 / 3, and means (0, 0) and (1, 2) are 5 apart.
    assertThat(FrechetDistance.between(corners(3, 1, 0, 0), corners(1, 2, 1, 2)))
        .isCloseTo(20 / 3.0 + 5, within(1e-6));
  }

  @Test
  void shouldHeedHowDimensionsHangTogether() {
    // Both have variance 2 in each dimension; one lies on x = y, the other on x = -y. The product
    // of the covariances 2 [1 1; 1 1] and 2 [1 -1; -1 1] is 0, so all 4 + 4 remain.
    List<float[]> rising = List.of(new float[] {-1, -1}, new float[] {1, 1});
    List<float[]> falling = List.of(new float[] {-1, 1}, new float[] {1, -1});
    assertThat(FrechetDistance.between(rising, falling)).isCloseTo(8, within(1e-9));
    assertThat(FrechetDistance.between(rising, rising)).isCloseTo(0, within(1e-9));
  }

  @Test
  void shouldKnowSetsOnOneLineAmongManyDimensions() {
    // Two vectors in 50 dimensions: deviations sqrt(2) and 3 sqrt(2) along the last, means equal.
    float[] up = new float[50];
    float[] down = new float[50];
    float[] higher = new float[50];
    float[] lower = new float[50];
    up[49] = 1;
    down[49] = -1;
    higher[49] = 3;
    lower[49] = -3;
    assertThat(FrechetDistance.between(List.of(up, down), List.of(higher, lower)))
        .isCloseTo(8, within(1e-9));
  }

  @Test
  void shouldBeTheSameBothWays() {
    List<float[]> few = random(6, 20, 1, 5);
    List<float[]> many = random(30, 20, 2, 6);
    double there = FrechetDistance.between(few, many);
    assertThat(there).isPositive();
    assertThat(FrechetDistance.between(many, few)).isCloseTo(there, within(1e-9 * there));
  }

  @Test
  void shouldNotHeedDimensionsInWhichNothingHappens() {
    // 30 vectors are more than 8 dimensions and fewer than 60, which are worked out in two ways.
    List<float[]> a = random(30, 8, 1, 7);
    List<float[]> b = random(30, 8, 1.5, 8);
    double narrow = FrechetDistance.between(a, b);
    assertThat(FrechetDistance.between(wider(a), wider(b)))
        .isCloseTo(narrow, within(1e-9 * narrow));
  }

  @Test
  void shouldRefuseOneVectorAlone() {
    List<float[]> one = List.of(new float[] {1});
    assertThatThrownBy(() -> FrechetDistance.between(one, one))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<float[]> corners(float a, float b, float x, float y) {
    return List.of(
        new float[] {x - a, y - b},
        new float[] {x - a, y + b},
        new float[] {x + a, y - b},
        new float[] {x + a, y + b});
  }

  private static List<float[]> wider(List<float[]> vectors) {
    return vectors.stream().map(vector -> Arrays.copyOf(vector, 60)).toList();
  }

  private static List<float[]> random(int count, int dimension, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      float[] vector = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        vector[i] = (float) (deviation * random.nextGaussian());
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
