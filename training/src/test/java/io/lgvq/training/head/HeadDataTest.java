package io.lgvq.training.head;

import static io.lgvq.training.head.HeadBatch.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeadDataTest {

  private final Vocabulary vocabulary =
      new Vocabulary(List.of("<pad>", "<unknown>", "<begin>", "<end>", "a", "cat", "what", "is"));

  @Test
  void shouldShiftCaptionsForTeacherForcing() {
    HeadBatch.Captions captions = draw(sample("A cat."), sample("a")).captions();
    assertThat(captions.length()).isEqualTo(3);
    assertThat(captions.words()).containsExactly(2, 4, 5, 2, 4, 0);
    assertThat(captions.next()).containsExactly(4, 5, 3, 4, 3, NONE);
  }

  @Test
  void shouldCutLongCaptionsWithoutAnEnd() {
    HeadBatch.Captions captions = draw(sample("a cat a cat a cat a cat")).captions();
    assertThat(captions.words()).containsExactly(2, 4, 5, 4, 5);
    assertThat(captions.next()).containsExactly(4, 5, 4, 5, 4);
  }

  @Test
  void shouldNeverTeachToSayUnknown() {
    assertThat(draw(sample("a zebra")).captions().next()).containsExactly(4, NONE, 3);
  }

  @Test
  void shouldLeaveOutQuestionsWhoseAnswerIsUnknown() {
    TokenizedSample sample =
        new TokenizedSample(
            new int[4],
            List.of(),
            List.of(
                new QuestionAnswer("what is a", "cat", "object"),
                new QuestionAnswer("what is", "zebra", "object")),
            List.of());
    HeadBatch.Questions questions = draw(sample).questions();
    assertThat(questions.answers()).containsExactly(0, NONE);
    assertThat(questions.words()).containsExactly(6, 7, 4, 0, 0, 0);
  }

  @Test
  void shouldCountWhatIsSaidAndAnsweredOnceMoreThanItIs() {
    HeadData data =
        data(
            new TokenizedSample(
                new int[4],
                List.of("a cat a zebra"),
                List.of(new QuestionAnswer("what is a", "cat", "object")),
                List.of()));
    // pad, unknown, begin, end, a, cat, what, is
    assertThat(data.spoken(8)).containsExactly(1, 1, 1, 2, 3, 2, 1, 1);
    assertThat(data.answered(1)).containsExactly(2);
    assertThat(data.mentions(8)).containsExactly(0, 0, 0, 0, 1, 1, 0, 0);
  }

  @Test
  void shouldTeachTheLongerHalfOfTheCaptions() {
    for (int seed = 0; seed < 20; seed++) {
      HeadData data = data(sample("a", "a cat", "a cat is a cat", "cat"));
      int[] words = data.draw(new int[] {0}, 1, 0, new SplittableRandom(seed)).captions().words();
      assertThat(words).hasSizeGreaterThan(2);
    }
  }

  @Test
  void shouldDrawDifferentCaptionsOfAnImageAndTheWordsOfAll() {
    HeadData data = data(sample("a cat", "is a", "a", "a"), sample("cat is"));
    HeadBatch batch = data.draw(new int[] {0, 1}, 2, 0, new SplittableRandom(1));
    HeadBatch.Captions captions = batch.captions();

    assertThat(captions.words()).hasSize(4 * captions.length());
    assertThat(row(captions, 0)).isNotEqualTo(row(captions, 1));
    assertThat(row(captions, 2)).isNotEqualTo(row(captions, 0));
    // The second image has one caption, so its second row teaches nothing.
    int last = 3 * captions.length();
    assertThat(Arrays.copyOfRange(captions.next(), last, last + captions.length()))
        .containsOnly(NONE);
    assertThat(batch.mentioned()[0]).hasSize(3).doesNotHaveDuplicates();
    assertThat(batch.mentioned()[1]).hasSize(2);
    assertThat(batch.mentioned()[0]).contains(batch.mentioned()[1]);
  }

  private static int[] row(HeadBatch.Captions captions, int row) {
    int from = row * captions.length();
    return Arrays.copyOfRange(captions.words(), from, from + captions.length());
  }

  @Test
  void shouldReadEverySampleOnceBeforeAnyComesAgain() {
    Order order = new Order(12, 4, 3);
    assertThat(List.of(order.images(0), order.images(1), order.images(2)).stream())
        .flatExtracting(images -> java.util.Arrays.stream(images).boxed().toList())
        .doesNotHaveDuplicates()
        .hasSize(12);
    assertThat(new Order(12, 4, 3).images(5)).isEqualTo(order.images(5));
  }

  @Test
  void shouldRankWordsByFrequencyThenAlphabet() {
    List<TokenizedSample> samples = List.of(sample("b a b", "c"), sample("a b"));
    assertThat(Wordlist.words(samples, 2).word(4)).isEqualTo("b");
    assertThat(Wordlist.words(samples, 2).word(5)).isEqualTo("a");
    assertThat(Wordlist.words(samples, 2).size()).isEqualTo(6);
  }

  private HeadBatch draw(TokenizedSample... samples) {
    int[] images = java.util.stream.IntStream.range(0, samples.length).toArray();
    return data(samples).draw(images, 1, 2, new SplittableRandom(1));
  }

  private HeadData data(TokenizedSample... samples) {
    return new HeadData(List.of(samples), vocabulary, List.of("cat"), 5, 4);
  }

  private static TokenizedSample sample(String... captions) {
    return new TokenizedSample(new int[4], List.of(captions), List.of(), List.of());
  }
}
