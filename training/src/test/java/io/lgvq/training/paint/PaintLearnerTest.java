package io.lgvq.training.paint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.head.Wordlist;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Four images of codes without any order, each with one word: only the word tells the first code.
 */
class PaintLearnerTest {

  private static final int CODES = 32;
  private static final Parameter CODEBOOK = Parameter.of("codebook", Initial.NORMAL, CODES, 8);
  private static final PaintSettings SETTINGS =
      new PaintSettings(150, 40, 0.5f, 4, 5e-3f, 10, 0.1f, 32, 2, 2);

  private final List<TokenizedSample> samples =
      Stream.of("cat", "dog", "bus", "tree").map(PaintLearnerTest::sample).toList();
  private final Vocabulary vocabulary = Wordlist.words(samples, 1);
  private final PaintSize size = new PaintSize(5, 5, CODES, 8, vocabulary.size(), 4, 32, 2, 2);
  private final PaintNetwork network = new PaintNetwork(size, CODEBOOK, 50);
  private final PaintData data = new PaintData(samples, vocabulary, 4);

  @Test
  void shouldLearnImagesByHeartAndWhichWordNamesWhich() {
    try (PaintLearner learner = learner()) {
      for (long step = 0; step < SETTINGS.steps(); step++) {
        learner.step(step);
      }
      float told = learner.nats(data, 4, true);
      assertThat(told).isLessThan(0.1f * (float) Math.log(CODES));
      // Without the word the first code is one of four, and all that follow are plain.
      assertThat(learner.nats(data, 4, false)).isGreaterThan(told + 0.02f);
    }
  }

  @Test
  void shouldTellFromTheTextAloneWhatIsWhere() {
    try (PaintLearner learner = learner()) {
      float before = learner.nats(data, 4, true);
      for (long step = 0; step < SETTINGS.paletteSteps(); step++) {
        assertThat(learner.step(step)).containsEntry("code", 0f);
      }
      float ofText = learner.natsOfText(data, 4);
      assertThat(ofText).isLessThan(0.7f * (float) Math.log(CODES));
      assertThat(learner.nats(data, 4, true)).as("the rest gains by it").isLessThan(before - 0.2f);
      assertThat(learner.step(SETTINGS.paletteSteps()).get("code")).isPositive();
    }
  }

  @Test
  void shouldGoOnFromItsStateAsIfItHadNotStopped() {
    Map<String, Tensor> straight;
    try (PaintLearner learner = learner()) {
      for (long step = 0; step < 4; step++) {
        learner.step(step);
      }
      straight = learner.parameters();
    }
    Map<String, Tensor> half;
    try (PaintLearner learner = learner()) {
      learner.step(0);
      learner.step(1);
      half = learner.state();
    }
    try (PaintLearner learner = learner()) {
      learner.restore(half);
      learner.step(2);
      learner.step(3);
      assertThat(learner.parameters()).isEqualTo(straight);
      assertThat(straight).containsEntry("codebook", Initialization.of(CODEBOOK, 9));
    }
  }

  @Test
  void shouldShowSomeImagesWithoutTheirCaption() {
    SplittableRandom random = new SplittableRandom(4);
    int untold = 0;
    for (int draw = 0; draw < 500; draw++) {
      PaintBatch batch = data.draw(new int[] {draw % 4}, 0.3f, random);
      assertThat(batch.words()[0]).isEqualTo(Vocabulary.BEGIN);
      assertThat(batch.codes()).isEqualTo(samples.get(draw % 4).codes());
      untold += batch.words()[1] == Vocabulary.PAD ? 1 : 0;
    }
    assertThat(untold / 500.0).isBetween(0.24, 0.36);
  }

  private PaintLearner learner() {
    return new PaintLearner(
        data, SETTINGS, size, network, Map.of(CODEBOOK, Initialization.of(CODEBOOK, 9)), "toys", 5);
  }

  private static TokenizedSample sample(String word) {
    int[] codes = new SplittableRandom(word.hashCode()).ints(25, 0, CODES).toArray();
    return new TokenizedSample(codes, List.of("a " + word), List.of(), List.of(word));
  }
}
