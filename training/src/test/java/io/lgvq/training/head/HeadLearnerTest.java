package io.lgvq.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** On a toy world: the left half of an image is one thing, the right half another. */
class HeadLearnerTest {

  private static final List<String> THINGS = List.of("cat", "dog", "bus", "tree");
  private static final int SIDE = 8;
  private static final int CODES = 16;
  private static final HeadSettings SETTINGS =
      new HeadSettings(
          512, 20, 170, 16, 2, 2, 1, 3e-3f, 10, 32, 2, 16, 1, 1, 1, 8, 6, 1, 1, 64, 100);
  private static final Parameter CODEBOOK = Parameter.of("codebook", Initial.FAN_IN, CODES, 8);

  private final List<TokenizedSample> training = world(512, 1);
  private final List<TokenizedSample> held = world(64, 2);
  private final Vocabulary vocabulary = Wordlist.words(training, 1);
  private final List<String> answers = Wordlist.answers(training, 1);
  private final HeadSize size =
      new HeadSize(
          SIDE, SIDE, CODES, 8, 32, 2, 16, 1, 1, 1, vocabulary.size(), answers.size(), 8, 6);
  private final HeadNetworks networks = HeadNetworks.of(size, CODEBOOK, 3);

  @Test
  void shouldLearnWhatIsOnWhichSide() {
    try (HeadLearner learner = learner()) {
      Map<String, Float> losses = Map.of();
      for (long step = 0; step < SETTINGS.steps(); step++) {
        losses = learner.step(step);
      }
      List<Calibration.Scored> scored = learner.scores(data(held));
      assertThat(scored).hasSize(128);
      assertThat(scored).filteredOn(HeadLearnerTest::right).hasSizeGreaterThan(115);
      assertThat(losses.get("caption")).isLessThan(0.6f);
    }
  }

  @Test
  void shouldLearnNothingFromQuestionsThatGiveNothingAway() {
    try (QuestionOnlyLearner learner = blind()) {
      for (long step = 0; step < SETTINGS.baselineSteps(); step++) {
        learner.step(step);
      }
      List<QuestionAnswer> asked =
          held.stream().flatMap(sample -> sample.questions().stream()).toList();
      int[] guesses =
          learner.answers(
              asked.stream().map(question -> vocabulary.encode(question.question(), 6)).toList());
      long right = 0;
      for (int i = 0; i < guesses.length; i++) {
        right += answers.get(guesses[i]).equals(asked.get(i).answer()) ? 1 : 0;
      }
      assertThat((double) right / guesses.length).isBetween(0.1, 0.45);
    }
  }

  @Test
  void shouldGoOnFromItsStateAsIfItHadNotStopped() {
    Map<String, Tensor> straight;
    try (HeadLearner learner = learner()) {
      for (long step = 0; step < 4; step++) {
        learner.step(step);
      }
      straight = learner.parameters();
    }
    Map<String, Tensor> half;
    try (HeadLearner learner = learner()) {
      learner.step(0);
      learner.step(1);
      half = learner.state();
    }
    try (HeadLearner learner = learner()) {
      learner.restore(half);
      learner.step(2);
      learner.step(3);
      assertThat(learner.parameters()).isEqualTo(straight);
    }
  }

  /** Before anything is learnt, a word costs what a guess by frequency costs, not log(V). */
  @Test
  void shouldBeginWithHowOftenThingsAreSaidAndAnswered() {
    try (HeadLearner learner = learner()) {
      HeadData data = data(training);
      assertThat(bias(learner.parameters(), "answer.out.bias"))
          .isEqualTo(logShares(data.answered(answers.size())));
      assertThat(bias(learner.parameters(), "caption.out.bias"))
          .isEqualTo(logShares(data.spoken(vocabulary.size())));
      int thing = vocabulary.id(THINGS.get(0));
      assertThat(bias(learner.parameters(), "detector.votes.bias")[thing])
          .isCloseTo(logOdds(data.mentions(vocabulary.size())[thing]), within(1e-5f));
    }
    try (QuestionOnlyLearner blind = blind()) {
      assertThat(bias(blind.parameters(), "answer.out.bias"))
          .isEqualTo(logShares(data(training).answered(answers.size())));
    }
  }

  private static float[] bias(Map<String, Tensor> parameters, String name) {
    return parameters.get(name).values();
  }

  private static float[] logShares(long[] times) {
    double all = Arrays.stream(times).sum();
    float[] logs = new float[times.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(times[i] / all);
    }
    return logs;
  }

  private static float logOdds(float share) {
    return (float) Math.log(share / (1 - share));
  }

  @Test
  void shouldLeaveTheCodebookAsItIs() {
    try (HeadLearner learner = learner()) {
      learner.step(0);
      assertThat(learner.parameters()).containsEntry("codebook", Initialization.of(CODEBOOK, 9));
    }
  }

  private HeadLearner learner() {
    return new HeadLearner(
        data(training),
        SETTINGS,
        size,
        networks,
        Map.of(CODEBOOK, Initialization.of(CODEBOOK, 9)),
        "toys",
        5);
  }

  private QuestionOnlyLearner blind() {
    return new QuestionOnlyLearner(
        data(training),
        SETTINGS,
        size,
        networks,
        Map.of(CODEBOOK, Initialization.of(CODEBOOK, 9)),
        "toys",
        5);
  }

  private HeadData data(List<TokenizedSample> samples) {
    return new HeadData(samples, vocabulary, answers, 8, 6);
  }

  private static boolean right(Calibration.Scored scored) {
    for (float score : scored.scores()) {
      if (score > scored.scores()[scored.truth()]) {
        return false;
      }
    }
    return true;
  }

  private static List<TokenizedSample> world(int images, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TokenizedSample> samples = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      int left = random.nextInt(THINGS.size());
      int right = random.nextInt(THINGS.size());
      int[] codes = new int[SIDE * SIDE];
      Arrays.setAll(
          codes, place -> 4 * (place % SIDE < SIDE / 2 ? left : right) + random.nextInt(4));
      String first = THINGS.get(left);
      String second = THINGS.get(right);
      samples.add(
          new TokenizedSample(
              codes,
              List.of("a " + first + " and a " + second),
              List.of(
                  new QuestionAnswer("What is on the left?", first, "object"),
                  new QuestionAnswer("What is on the right?", second, "object")),
              List.of(first, second)));
    }
    return samples;
  }
}
