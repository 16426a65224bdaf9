package io.lgvq.operators.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BeamSearchTest {

  private static final int WORDS = 8; // four special ones, four to say
  private static final int LONGEST = 4; // the begin mark and three words

  @Test
  void shouldFollowMostLikelyWordsWhenGreedy() {
    BeamSearch.Model chain = captions -> captions.stream().map(BeamSearchTest::chain).toList();

    Hypothesis best = new BeamSearch(chain, CaptionSearch.greedy(), 10).search(1).get(0).get(0);

    assertThat(best.words()).containsExactly(Vocabulary.BEGIN, 4, 5, 6, 7, Vocabulary.END);
    assertThat(best.logProbability()).isCloseTo(5 * Math.log(0.6), within(1e-6));
  }

  @Test
  void shouldFindBestOfAllCaptionsWhenBeamIsWide() {
    for (float power : new float[] {0, 0.7f, 1}) {
      for (long seed = 1; seed <= 20; seed++) {
        Table table = new Table(seed);
        List<Hypothesis> all = table.everyCaption(0);
        all.sort(Comparator.comparingDouble(caption -> -caption.rank(power)));

        CaptionSearch wide = new CaptionSearch(all.size(), 3, power);
        List<Hypothesis> found = new BeamSearch(table, wide, LONGEST).search(1).get(0);

        for (int i = 0; i < 4; i++) {
          assertThat(found.get(i).words())
              .as("seed %d, power %s, place %d", seed, power, i)
              .isEqualTo(all.get(i).words());
          assertThat(found.get(i).logProbability())
              .isCloseTo(all.get(i).logProbability(), within(1e-6));
        }
      }
    }
  }

  @Test
  void shouldNotBeWorseThanGreedy() {
    for (long seed = 1; seed <= 50; seed++) {
      Table table = new Table(seed);
      Hypothesis greedy =
          new BeamSearch(table, CaptionSearch.greedy(), LONGEST).search(1).get(0).get(0);
      Hypothesis beam =
          new BeamSearch(table, new CaptionSearch(30, 0, 0), LONGEST).search(1).get(0).get(0);

      assertThat(beam.logProbability()).isGreaterThanOrEqualTo(greedy.logProbability() - 1e-9);
    }
  }

  @Test
  void shouldSearchEachImageAsIfAlone() {
    Table table = new Table(5);
    CaptionSearch search = CaptionSearch.beam(3);
    List<List<Hypothesis>> together = new BeamSearch(table, search, LONGEST).search(4);

    for (int image = 0; image < 4; image++) {
      int only = image;
      BeamSearch.Model alone =
          captions ->
              table.next(
                  captions.stream()
                      .map(c -> new Hypothesis(only, c.words(), c.logProbability()))
                      .toList());
      List<Hypothesis> single = new BeamSearch(alone, search, LONGEST).search(1).get(0);
      assertThat(together.get(image).stream().map(c -> Arrays.toString(c.words())))
          .containsExactlyElementsOf(single.stream().map(c -> Arrays.toString(c.words())).toList());
    }
  }

  @Test
  void shouldNeverSaySpecialWordsAndAlwaysSayOne() {
    float[] special = new float[WORDS];
    Arrays.fill(special, -9);
    special[Vocabulary.PAD] = special[Vocabulary.UNKNOWN] = special[Vocabulary.BEGIN] = -0.1f;
    special[Vocabulary.END] = -0.2f;
    BeamSearch.Model silent = captions -> captions.stream().map(caption -> special).toList();

    Hypothesis best =
        new BeamSearch(silent, CaptionSearch.beam(2), LONGEST).search(1).get(0).get(0);

    assertThat(best.words()).hasSize(3).endsWith(Vocabulary.END);
    assertThat(best.words()[1]).isGreaterThanOrEqualTo(Vocabulary.SPECIAL.size());
  }

  @Test
  void shouldFindNothingWhereModelGivesNoNumbers() {
    float[] broken = new float[WORDS];
    Arrays.fill(broken, Float.NaN);

    assertThat(
            new BeamSearch(
                    captions -> captions.stream().map(caption -> broken).toList(),
                    CaptionSearch.greedy(),
                    LONGEST)
                .search(1)
                .get(0))
        .isEmpty();
  }

  private static float[] chain(Hypothesis caption) {
    int last = caption.words()[caption.words().length - 1];
    int next = last == Vocabulary.BEGIN ? 4 : last < WORDS - 1 ? last + 1 : Vocabulary.END;
    float[] row = new float[WORDS];
    Arrays.fill(row, (float) Math.log(0.4 / (WORDS - 1)));
    row[next] = (float) Math.log(0.6);
    return row;
  }

  /** Any fixed distribution over next words, from a seed; and all captions it can give. */
  private record Table(long seed) implements BeamSearch.Model {

    @Override
    public List<float[]> next(List<Hypothesis> captions) {
      return captions.stream().map(this::row).toList();
    }

    private float[] row(Hypothesis caption) {
      Random random = new Random(seed + 31L * Arrays.hashCode(caption.words()) + caption.image());
      float[] row = new float[WORDS];
      double sum = 0;
      for (int i = 0; i < WORDS; i++) {
        row[i] = random.nextFloat() + 0.01f;
        sum += row[i];
      }
      for (int i = 0; i < WORDS; i++) {
        row[i] = (float) Math.log(row[i] / sum);
      }
      return row;
    }

    List<Hypothesis> everyCaption(int image) {
      List<Hypothesis> finished = new ArrayList<>();
      List<Hypothesis> live = List.of(Hypothesis.begin(image));
      for (int length = 1; length <= LONGEST; length++) {
        List<Hypothesis> longer = new ArrayList<>();
        for (Hypothesis caption : live) {
          float[] row = row(caption);
          if (length > 1) {
            finished.add(caption.with(Vocabulary.END, row[Vocabulary.END]));
          }
          for (int word = 4; word < WORDS && length < LONGEST; word++) {
            longer.add(caption.with(word, row[word]));
          }
        }
        live = longer;
      }
      return finished;
    }
  }
}
