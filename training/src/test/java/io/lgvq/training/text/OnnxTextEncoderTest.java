package io.lgvq.training.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxTextEncoderTest {

  private static OnnxTextEncoder encoder;

  @BeforeAll
  static void load() {
    encoder = OnnxTextEncoder.shipped();
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void shouldGiveTheSameFeatureAloneAndPaddedInABatch() {
    String text = "a red dog to the left of two cats";
    List<float[]> batch =
        encoder.sentences(
            List.of(
                "a", text, "three blue cars and a green bus in front of a striped wall", "cat"));

    assertThat(batch.get(1)).containsExactly(encoder.sentence(text), within(1e-5f));
  }

  /** Bit by bit: what comes together depends on the cache and on where a training was stopped. */
  @Test
  void shouldGiveTheVerySameFeatureWhateverComesWithIt() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      texts.add(List.of("red", "green", "blue").get(i % 3) + " dog near " + "two ".repeat(i / 4));
    }
    List<float[]> together = encoder.sentences(texts);
    List<float[]> some = encoder.sentences(texts.subList(0, 47));

    for (int i = 0; i < texts.size(); i++) {
      float[] alone = encoder.sentence(texts.get(i));
      assertThat(together.get(i)).isEqualTo(alone);
      if (i < some.size()) {
        assertThat(some.get(i)).isEqualTo(alone);
      }
    }
  }

  @Test
  void shouldKeepTheOrderOfTextsOverSeveralBatches() {
    List<String> texts =
        java.util.stream.IntStream.range(0, 70)
            .mapToObj(i -> "a dog and " + "very ".repeat(i % 9) + i + " cats")
            .toList();
    List<float[]> features = encoder.sentences(texts);

    for (int i : new int[] {0, 7, 8, 31, 32, 69}) {
      assertThat(cosine(features.get(i), encoder.sentence(texts.get(i)))).isGreaterThan(0.99999);
    }
  }

  @Test
  void shouldGiveFeaturesOfLengthOne() {
    float[] feature = encoder.sentence("a dog at the beach");

    assertThat(feature).hasSize(384);
    assertThat(cosine(feature, feature)).isCloseTo(1, within(1e-5));
  }

  @Test
  void shouldFindAPuppyCloserToADogThanATruck() {
    List<float[]> features = encoder.sentences(List.of("a dog", "a puppy", "a truck", "a dog"));

    assertThat(cosine(features.get(0), features.get(1)))
        .isGreaterThan(cosine(features.get(0), features.get(2)) + 0.2);
    assertThat(cosine(features.get(0), features.get(3))).isCloseTo(1, within(1e-6));
  }

  @Test
  void shouldSplitACaptionIntoWordPiecesWithoutSpecialOnes() {
    int[] ids = encoder.tokens("a dog left of two dogs");

    assertThat(Arrays.stream(ids).mapToObj(encoder::piece))
        .containsExactly("a", "dog", "left", "of", "two", "dogs");
    assertThat(encoder.tokens("dog ".repeat(50))).hasSize(TextEncoder.LONGEST);
  }

  @Test
  void shouldTellContentWordsFromTheOthers() {
    assertThat(
            Arrays.stream(encoder.tokens("there is a red dog , on the left of two cats"))
                .filter(encoder::contentWord)
                .mapToObj(encoder::piece))
        .containsExactly("red", "dog", "left", "two", "cats");
    assertThat(encoder.contentWord(101)).isFalse();
  }

  @Test
  void shouldReadTheWordTableOfTheGraph() {
    assertThat(encoder.vocabularySize()).isEqualTo(30_522);
    assertThat(encoder.wordTable()).hasSize(30_522 * 384);
    float[][] rows =
        encoder.rows(
            encoder.tokens("dog")[0], encoder.tokens("puppy")[0], encoder.tokens("truck")[0]);

    assertThat(cosine(rows[0], rows[1])).isGreaterThan(cosine(rows[0], rows[2]));
  }

  static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }
}
