package io.lgvq.training.evaluate.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Likeness of words against WordNet 3.0, whose ways up can be followed by hand. */
class WupsTest {

  private static final WuPalmer WORDS = new WuPalmer();

  private final Wups strict = new Wups(WORDS, 0.9);
  private final Wups loose = new Wups(WORDS, 0);

  @Test
  void shouldTakeEqualWordsForTheSame() {
    assertThat(strict.of("cat", "cat")).isEqualTo(1);
    assertThat(strict.of("zzgrk", "zzgrk")).isEqualTo(1);
  }

  @Test
  void shouldFollowWordsUpToWhatCoversBoth() {
    // A dog is a canine is a carnivore, a cat a feline is one; carnivore has depth 12: 24 / 28.
    assertThat(WORDS.of("dog", "cat")).isCloseTo(24 / 28.0, within(1e-9));
    // Canine has depth 13, dog and wolf one more each.
    assertThat(WORDS.of("dog", "wolf")).isCloseTo(26 / 28.0, within(1e-9));
    // Red and blue are chromatic colours, at depth 7.
    assertThat(WORDS.of("red", "blue")).isCloseTo(14 / 16.0, within(1e-9));
  }

  @Test
  void shouldTakeSensesThatAreMostAlike() {
    // A cat may be a Caterpillar, which is a vehicle; a dog is none.
    assertThat(WORDS.of("car", "cat")).isGreaterThan(WORDS.of("car", "wolf")).isGreaterThan(0.8);
    assertThat(WORDS.of("car", "wolf")).isLessThan(0.5);
    assertThat(WORDS.of("car", "bus")).isGreaterThan(0.9);
  }

  @Test
  void shouldTakeSomeOppositesForTheSameAtTheThreshold() {
    // A two and a three may be playing cards, at depth 9; a left and a right turns, at depth 10.
    assertThat(strict.of("two", "three")).isCloseTo(18 / 20.0, within(1e-9));
    assertThat(strict.of("left", "right")).isCloseTo(20 / 22.0, within(1e-9));
    assertThat(strict.of("red", "blue")).isCloseTo(0.0875, within(1e-9));
    assertThat(loose.of("above", "below")).isZero();
  }

  @Test
  void shouldFindPluralsAndSynonyms() {
    assertThat(WORDS.of("buses", "bus")).isEqualTo(1);
    assertThat(WORDS.of("car", "automobile")).isEqualTo(1);
  }

  @Test
  void shouldBeTheSameBothWays() {
    assertThat(WORDS.of("apple", "guitar")).isEqualTo(WORDS.of("guitar", "apple"));
  }

  @ParameterizedTest
  @CsvSource({"zzgrk,cat", "cat,zzgrk", "below,cat", "'',cat"})
  void shouldFindNothingAlikeToWordsThatAreNoNouns(String a, String b) {
    assertThat(loose.of(a, b)).isZero();
  }

  @Test
  void shouldCountATenthBelowTheThreshold() {
    assertThat(strict.of("dog", "cat")).isCloseTo(2.4 / 28, within(1e-9));
    assertThat(loose.of("dog", "cat")).isCloseTo(24 / 28.0, within(1e-9));
    assertThat(strict.of("dog", "wolf")).isCloseTo(26 / 28.0, within(1e-9));
  }
}
