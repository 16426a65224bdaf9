package io.lgvq.training.evaluate.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.training.text.BagOfWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageMeasuresTest {

  private static final TokenGrid GRID =
      new TokenGrid(new Codebook("toy", "1.0.0", "0".repeat(64), 4), 1, 2, 1, new int[] {1, 2});

  @Test
  void shouldCountWhoIsFoundFirstAndWhoAmongFive() {
    Retrieval retrieval = new Retrieval();
    // Captions 0 and 1 are nearest to their own images; caption 2 is nearest to image 0.
    retrieval.add(new float[] {1, 0}, new float[] {1, 0});
    retrieval.add(new float[] {0, 1}, new float[] {0, 1});
    retrieval.add(new float[] {-1, 0}, new float[] {0.8f, 0.6f});

    Recall byText = retrieval.textToImage();
    assertThat(byText.among()).isEqualTo(3);
    assertThat(byText.first().value()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(byText.five().value()).isEqualTo(1);
    // Image 2 looks away from everything, and its own caption is farther than caption 1.
    assertThat(retrieval.imageToText().first().value()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void shouldHideOnlyWordsThatCarryMeaningAndTheSameForEveryone() {
    int[] words = {2, 3, 4, 5, 0};
    List<Integer> content = List.of(1, 3);
    HiddenWordMeasure measure = new HiddenWordMeasure(3);
    List<HiddenWordQuery> queries = measure.queries(GRID, words, content, 7);
    assertThat(queries).extracting(HiddenWordQuery::position).containsExactlyInAnyOrder(1, 3);
    assertThat(queries.get(0).hidden()).containsExactly(false, true, false, true, false);
    assertThat(new HiddenWordMeasure(3).queries(GRID, words, content, 7))
        .extracting(HiddenWordQuery::position)
        .isEqualTo(queries.stream().map(HiddenWordQuery::position).toList());
    assertThat(new HiddenWordMeasure(1).queries(GRID, words, content, 7)).hasSize(1);
  }

  @Test
  void shouldCountHiddenWordsThatWereTold() {
    HiddenWordMeasure measure = new HiddenWordMeasure(2);
    List<HiddenWordQuery> one = measure.queries(GRID, new int[] {2, 3}, List.of(0, 1), 1);
    List<HiddenWordQuery> other = measure.queries(GRID, new int[] {4, 1}, List.of(0), 2);
    List<HiddenWordQuery> both = List.of(one.get(0), one.get(1), other.get(0));
    measure.add(both, List.of(one.get(0).truth(), 99, 4));
    assertThat(measure.estimate().value()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void shouldBeTheSquaredDifferenceOfTheCosinesAtThePlacesThatWordsFind() {
    LikenessMeasure measure = new LikenessMeasure();
    float[][] tokens = {{1, 0}, {0, 1}};
    // Words at 90 degrees find places 0 and 1, whose codes stand at 60 degrees: (0 - 0.5)^2.
    float[][] codes = {{1, 0}, {0.5f, (float) Math.sqrt(0.75)}};
    measure.add(List.of(new float[] {3, 0}, new float[] {0, 2}), new Places(tokens, codes));
    measure.add(List.of(new float[] {1, 0}), new Places(tokens, codes));
    assertThat(measure.estimate().value()).isCloseTo(0.25, within(1e-6));
    assertThat(measure.constant()).isZero();
  }

  @Test
  void shouldNumberWordsAsTheBundleDoes() {
    BagOfWords encoder = new BagOfWords("a", "red", "dog", "on", "sand");
    BundleLexicon lexicon = new BundleLexicon(encoder, List.of("a", "red", "dog"));
    assertThat(lexicon.encode("a red dog on sand", 6)).containsExactly(2, 3, 4, 1, 1, 0);
    assertThat(lexicon.contentPositions("a red dog on sand", 6)).containsExactly(1, 2);
    assertThatThrownBy(() -> new BundleLexicon(encoder, List.of("cat")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'cat'");
  }
}
