package io.lgvq.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Recording;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The baseline that never sees an image: the same answer head, the same questions, and one blank
 * image for all. What it reaches is what the questions give away by themselves.
 *
 * <p>Threading: one thread. Owns its parameters until {@link #close()}.
 */
public final class QuestionOnlyLearner extends CodeLearner {

  private static final int QUESTIONS_AT_ONCE = 256;

  private final HeadData data;
  private final HeadSettings settings;
  private final HeadSize size;
  private final HeadNetworks networks;
  private final Order order;

  /**
   * @param codebook the tokenizer's vectors, which stay as they are
   * @param networks over that codebook
   * @param origin what the data are made of, as text
   * @param seed of first values and of all draws
   */
  public QuestionOnlyLearner(
      HeadData data,
      HeadSettings settings,
      HeadSize size,
      HeadNetworks networks,
      Map<Parameter, Tensor> codebook,
      String origin,
      long seed) {
    super(
        new Course(
            "question-only",
            "%s, %s, %s, answers by their frequency, seed %d"
                .formatted(settings, size, origin, seed),
            settings.batch(),
            settings.learningRate(),
            settings.warmUp(),
            settings.baselineSteps(),
            seed));
    this.data = data;
    this.settings = settings;
    this.size = size;
    this.networks = networks;
    this.order = new Order(data.size(), settings.batch(), seed);
    Frozen.codebook(optimized(), codebook);
    optimized().parameters().load(networks.beginningOfAnswers(data, size));
  }

  @Override
  public Map<String, Float> step(long step) {
    HeadBatch.Questions questions =
        data.draw(
                order.images(step),
                0,
                Math.min(settings.questionsEach(), data.mostQuestions()),
                new SplittableRandom(seed() * 31 + step))
            .questions();
    Map<String, Float> losses = new LinkedHashMap<>();
    try (NDManager scope = optimized().scope();
        Recording recording = Recording.open()) {
      NDArray scores = scores(scope, questions.words(), questions.length());
      NDArray answer = CrossEntropy.of(scores, questions.answers());
      losses.put("answer", answer.getFloat());
      losses.put("right", CrossEntropy.right(scores, questions.answers()));
      recording.backward(answer);
    }
    move(step);
    return losses;
  }

  /**
   * The most likely answer to each question.
   *
   * @param questions word ids, each {@link HeadSize#questionLength()} long, padded
   * @return indices of answers
   */
  public int[] answers(List<int[]> questions) {
    List<Integer> answers = new ArrayList<>();
    try (Recording paused = Recording.paused()) {
      for (int from = 0; from < questions.size(); from += QUESTIONS_AT_ONCE) {
        int to = Math.min(questions.size(), from + QUESTIONS_AT_ONCE);
        int[] words = questions.subList(from, to).stream().flatMapToInt(Arrays::stream).toArray();
        try (NDManager scope = optimized().scope()) {
          NDArray scores = scores(scope, words, size.questionLength());
          for (long best : scores.argMax(-1).toLongArray()) {
            answers.add((int) best);
          }
        }
      }
    }
    return answers.stream().mapToInt(Integer::intValue).toArray();
  }

  private NDArray scores(NDManager scope, int[] words, int length) {
    ArrayOps ops = new ArrayOps(optimized().parameters(), scope);
    NDArray blank = scope.create(new int[size.places()], new Shape(1, size.places()));
    int count = words.length / length;
    NDArray questions = scope.create(words, new Shape(count, length));
    return networks
        .answer()
        .scores(ops, networks.image().apply(ops, blank), questions, length, count);
  }
}
