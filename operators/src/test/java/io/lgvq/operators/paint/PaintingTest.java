package io.lgvq.operators.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.sampling.CodeDraw;
import io.lgvq.operators.sampling.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaintingTest {

  private static final int PLACES = 12;
  private static final int CODES = 6;
  private static final int WORDS = 2;

  @Test
  void shouldTellThePriorAllThatWasPaintedBefore() {
    List<int[]> seen = new ArrayList<>();
    Prior counting =
        canvases -> {
          Canvas canvas = canvases.get(0);
          assertThat(canvas.position()).isEqualTo(seen.size());
          assertThat(Arrays.copyOfRange(canvas.memory(), 0, 2)).containsExactly(8, 9);
          for (int place = 0; place < PLACES; place++) {
            // What was said to be remembered stands in its place, and later places are empty.
            assertThat(canvas.memory()[WORDS + place])
                .isEqualTo(place < canvas.position() ? 100 + place : 0);
          }
          seen.add(canvas.codes().clone());
          float[] logs = new float[CODES];
          Arrays.fill(logs, -5);
          logs[canvas.position() % CODES] = -0.5f;
          return List.of(new Prior.Next(logs, new float[] {100 + canvas.position()}));
        };
    Painting.Picture picture = picture(1, 0, false, Sampling.mostLikely());
    double[] total = new Painting(counting, 1).paint(List.of(picture));
    assertThat(picture.told().codes()).containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
    assertThat(seen.get(3)).startsWith(0, 1, 2);
    assertThat(total[0]).isCloseTo(-0.5 * PLACES, within(1e-6));
  }

  @Test
  void shouldPaintEachPictureAsIfAlone() {
    for (boolean guided : new boolean[] {false, true}) {
      List<Painting.Picture> together = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        together.add(picture(i, 50 + i, guided, new Sampling(1, 4)));
      }
      double[] totals = new Painting(PaintingTest::hashed, 3).paint(together);
      for (int i = 0; i < 4; i++) {
        Painting.Picture alone = picture(i, 50 + i, guided, new Sampling(1, 4));
        double[] total = new Painting(PaintingTest::hashed, 3).paint(List.of(alone));
        assertThat(alone.told().codes()).isEqualTo(together.get(i).told().codes());
        assertThat(total[0]).isEqualTo(totals[i]);
      }
      assertThat(together.get(0).told().codes()).isNotEqualTo(together.get(1).told().codes());
    }
  }

  @Test
  void shouldExaggerateWhatTheTextChanges() {
    float[] told = {-1, -2, -3, -9, -9, -9};
    float[] blank = {-1, -3, -2, -9, -9, -9};
    Prior prior =
        canvases ->
            canvases.stream()
                .map(canvas -> new Prior.Next(canvas.words()[1] == 0 ? blank : told, new float[1]))
                .toList();
    // 0: as without text; 1: as with it; the second code gains a nat on the first with each more.
    assertThat(first(prior, 0)).isZero();
    assertThat(first(prior, 1)).isZero();
    assertThat(first(prior, 3)).isEqualTo(1);
  }

  @Test
  void shouldReportTheProbabilityThatTheTextGives() {
    Painting.Picture picture = picture(1, 5, true, new Sampling(0.7f, 3));
    double total = new Painting(PaintingTest::hashed, 2).paint(List.of(picture))[0];
    Canvas again = canvas(1);
    double expected = 0;
    for (int code : picture.told().codes()) {
      Prior.Next next = hashed(List.of(again)).get(0);
      expected += next.logProbabilities()[code];
      again.put(code, next.entry());
    }
    assertThat(total).isCloseTo(expected, within(1e-5));
    assertThat(picture.untold().orElseThrow().codes()).isEqualTo(picture.told().codes());
  }

  private static int first(Prior prior, float guidance) {
    Painting.Picture picture = picture(1, 0, true, Sampling.mostLikely());
    new Painting(prior, guidance).paint(List.of(picture));
    return picture.told().codes()[0];
  }

  private static Painting.Picture picture(int word, long seed, boolean guided, Sampling sampling) {
    return new Painting.Picture(
        canvas(word),
        guided ? Optional.of(canvas(0)) : Optional.empty(),
        new CodeDraw(sampling, seed));
  }

  private static Canvas canvas(int word) {
    return new Canvas(new int[] {2, word}, new float[] {8, 9}, PLACES);
  }

  /** Any fixed distribution that depends on words and codes so far. */
  private static List<Prior.Next> hashed(List<Canvas> canvases) {
    return canvases.stream()
        .map(
            canvas -> {
              Random random =
                  new Random(
                      31L * Arrays.hashCode(canvas.codes())
                          + canvas.words()[1]
                          + 7L * canvas.position());
              float[] logs = new float[CODES];
              double sum = 0;
              for (int code = 0; code < CODES; code++) {
                logs[code] = random.nextFloat() + 0.05f;
                sum += logs[code];
              }
              for (int code = 0; code < CODES; code++) {
                logs[code] = (float) Math.log(logs[code] / sum);
              }
              return new Prior.Next(logs, new float[] {1});
            })
        .toList();
  }
}
