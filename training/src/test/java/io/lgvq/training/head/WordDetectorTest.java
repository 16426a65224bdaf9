package io.lgvq.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two images of four places; a place's vector is its vote for each of three words. */
class WordDetectorTest {

  private static final HeadSize SIZE = new HeadSize(4, 4, 8, 2, 3, 1, 2, 0, 0, 0, 3, 2, 4, 4);
  private static final int PLACES = 4;
  private static final int WORDS = 3;
  private static final float[][][] VOTES = {
    {{9, 0, -1}, {0, 0, -2}, {1, 0, -3}, {0, 0, -1}},
    {{0, 2, 0}, {0, 2, 5}, {0, 2, 1}, {0, 2, 7}}
  };
  private static final int[][] MENTIONED = {{0}, {1, 2}};

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 1);
  private final ArrayOps ops = new ArrayOps(parameters, manager);
  private final WordDetector detector = new WordDetector(SIZE);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldBelieveWhatTheLoudestPlacesSay() {
    float[] scores = detector.scores(ops, memory(VOTES)).toFloatArray();

    for (int image = 0; image < 2; image++) {
      for (int word = 0; word < WORDS; word++) {
        assertThat((double) scores[image * WORDS + word])
            .isCloseTo(softMaximum(image, word), within(1e-4));
      }
    }
  }

  @Test
  void shouldStayFiniteHoweverLoudAPlaceIs() {
    float[][][] loud = {{{900, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}}};

    assertThat(detector.scores(ops, memory(loud)).toFloatArray()[0]).isBetween(895f, 900f);
  }

  @Test
  void shouldCountSurpriseForEachWordMentioned() {
    double surprise = 0;
    for (int image = 0; image < 2; image++) {
      for (int word = 0; word < WORDS; word++) {
        double odds = softMaximum(image, word);
        boolean there = word == 0 ? image == 0 : image == 1;
        surprise += Math.log1p(Math.exp(there ? -odds : odds));
      }
    }

    assertThat((double) detector.loss(ops, memory(VOTES), MENTIONED).getFloat())
        .isCloseTo(surprise / 3, within(1e-4));
  }

  @Test
  void shouldBeginWithHowOftenWordsAreMentioned() {
    float[] unseen = {0.5f, 0.2f, 0};
    parameters.load(detector.beginning(unseen));
    float[] blank = new float[PLACES * WORDS];

    float[] scores =
        detector.scores(ops, manager.create(blank, new Shape(1, PLACES, WORDS))).toFloatArray();

    assertThat(scores[0]).isCloseTo(0, within(1e-5f));
    assertThat(scores[1]).isCloseTo((float) Math.log(0.25), within(1e-5f));
    assertThat(scores[2]).isCloseTo((float) -Math.log(999), within(1e-3f));
  }

  /** log(sum of exp) - log(places), written out. */
  private static double softMaximum(int image, int word) {
    double sum = 0;
    for (int place = 0; place < PLACES; place++) {
      sum += Math.exp(VOTES[image][place][word]);
    }
    return Math.log(sum) - Math.log(PLACES);
  }

  private NDArray memory(float[][][] votes) {
    float[] unit = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    parameters.load(
        Map.of(
            "detector.votes.weight", new Tensor(List.of(3L, 3L), unit),
            "detector.votes.bias", new Tensor(List.of(3L), new float[3])));
    float[] flat = new float[votes.length * PLACES * WORDS];
    int at = 0;
    for (float[][] image : votes) {
      for (float[] place : image) {
        System.arraycopy(place, 0, flat, at, WORDS);
        at += WORDS;
      }
    }
    return manager.create(flat, new Shape(votes.length, PLACES, WORDS));
  }
}
