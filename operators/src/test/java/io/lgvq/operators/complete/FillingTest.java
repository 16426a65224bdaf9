package io.lgvq.operators.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.sampling.CodeDraw;
import io.lgvq.operators.sampling.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FillingTest {

  private static final int CODES = 5;
  private static final int PLACES = 30;

  @Test
  void shouldFillAllHolesAndNothingElse() {
    for (int rounds : new int[] {1, 2, 8, 100}) {
      int[] given = grid(3, 20);
      Filling.Image image = image(given, new CodeDraw(Sampling.mostLikely(), 0));
      new Filling(FillingTest::hashed, CODES, rounds).fill(List.of(image));
      for (int place = 0; place < PLACES; place++) {
        if (given[place] < CODES) {
          assertThat(image.grid()[place]).isEqualTo(given[place]);
        } else {
          assertThat(image.grid()[place]).isBetween(0, CODES - 1);
        }
      }
      assertThat(image.logProbability()).isNegative();
    }
  }

  @Test
  void shouldFillTheMostCertainFirstAndMoreInEachRound() {
    List<Integer> open = new ArrayList<>();
    Filling.Model certainOfLatePlaces =
        grids -> {
          int[] grid = grids.get(0);
          open.add((int) Arrays.stream(grid).filter(code -> code == CODES).count());
          boolean filled = false;
          float[] logs = new float[PLACES * CODES];
          for (int place = 0; place < PLACES; place++) {
            // Once a place is filled, no earlier one may be while it is still open.
            assertThat(filled && grid[place] == CODES).isFalse();
            filled |= grid[place] != CODES;
            Arrays.fill(logs, place * CODES, (place + 1) * CODES, -9);
            logs[place * CODES + place % CODES] = -1f / (1 + place);
          }
          return List.of(logs);
        };
    int[] all = new int[PLACES];
    Arrays.fill(all, CODES);
    Filling.Image image = image(all, new CodeDraw(Sampling.mostLikely(), 0));
    new Filling(certainOfLatePlaces, CODES, 4).fill(List.of(image));
    // 30 cos(pi / 8) = 27.7, 30 cos(pi / 4) = 21.2, 30 cos(3 pi / 8) = 11.5.
    assertThat(open).containsExactly(30, 27, 21, 11);
    double expected = 0;
    for (int place = 0; place < PLACES; place++) {
      assertThat(image.grid()[place]).isEqualTo(place % CODES);
      expected -= 1.0 / (1 + place);
    }
    assertThat(image.logProbability()).isCloseTo(expected, within(1e-5));
  }

  @Test
  void shouldFillEachImageAsIfAlone() {
    List<Filling.Image> together = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      together.add(image(grid(i, 6 * i), new CodeDraw(new Sampling(1, 0), 40 + i)));
    }
    new Filling(FillingTest::hashed, CODES, 5).fill(together);
    for (int i = 0; i < 5; i++) {
      Filling.Image alone = image(grid(i, 6 * i), new CodeDraw(new Sampling(1, 0), 40 + i));
      new Filling(FillingTest::hashed, CODES, 5).fill(List.of(alone));
      assertThat(alone.grid()).isEqualTo(together.get(i).grid());
      assertThat(alone.logProbability()).isEqualTo(together.get(i).logProbability());
    }
  }

  private static Filling.Image image(int[] grid, CodeDraw draw) {
    int holes = (int) Arrays.stream(grid).filter(code -> code == CODES).count();
    return new Filling.Image(grid.clone(), holes, draw);
  }

  /** Codes of which so many, scattered, are missing. */
  private static int[] grid(long seed, int holes) {
    Random random = new Random(seed);
    int[] grid = random.ints(PLACES, 0, CODES).toArray();
    random.ints(0, PLACES).distinct().limit(holes).forEach(place -> grid[place] = CODES);
    return grid;
  }

  /** Any fixed distributions that depend on all codes of an image. */
  private static List<float[]> hashed(List<int[]> grids) {
    return grids.stream()
        .map(
            grid -> {
              Random random = new Random(Arrays.hashCode(grid));
              float[] logs = new float[PLACES * CODES];
              for (int i = 0; i < logs.length; i++) {
                logs[i] = -0.1f - 3 * random.nextFloat();
              }
              return logs;
            })
        .toList();
  }
}
