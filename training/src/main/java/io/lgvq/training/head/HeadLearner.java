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
 * Trains the caption and the answer head together on frozen tokens: in a step every image is seen
 * once, says some of its captions and is asked some of its questions, and {@link WordDetector}
 * teaches the shared image memory to show what captions speak of. The detector begins alone: to
 * read texts off a memory that shows nothing yet costs as much and teaches little.
 *
 * <p>Threading: one thread. Owns its parameters until {@link #close()}.
 */
public final class HeadLearner extends CodeLearner {

  private static final List<String> LOSSES = List.of("words", "caption", "answer", "right");

  private final HeadData data;
  private final HeadSettings settings;
  private final HeadNetworks networks;
  private final Order order;

  /**
   * @param codebook the tokenizer's vectors, which stay as they are
   * @param networks over that codebook
   * @param origin what the data are made of, as text
   * @param seed of first values and of all draws
   */
  public HeadLearner(
      HeadData data,
      HeadSettings settings,
      HeadSize size,
      HeadNetworks networks,
      Map<Parameter, Tensor> codebook,
      String origin,
      long seed) {
    super(
        new Course(
            "heads",
            "%s, %s, %s, words by their frequency, seed %d".formatted(settings, size, origin, seed),
            settings.batch(),
            settings.learningRate(),
            settings.warmUp(),
            settings.steps(),
            seed));
    this.data = data;
    this.settings = settings;
    this.networks = networks;
    this.order = new Order(data.size(), settings.batch(), seed);
    Frozen.codebook(optimized(), codebook);
    optimized().parameters().load(networks.beginning(data, size));
  }

  @Override
  public Map<String, Float> step(long step) {
    HeadBatch batch = batch(step);
    Map<String, Float> losses = new LinkedHashMap<>();
    LOSSES.forEach(name -> losses.put(name, 0f));
    try (NDManager scope = optimized().scope();
        Recording recording = Recording.open()) {
      ArrayOps ops = new ArrayOps(optimized().parameters(), scope);
      NDArray memory = networks.image().apply(ops, codes(scope, batch));
      List<NDArray> parts = new ArrayList<>();
      if (data.mostCaptions() > 0) {
        NDArray words = networks.detector().loss(ops, memory, batch.mentioned());
        losses.put("words", words.getFloat());
        parts.add(ArrayOps.times(words, settings.detectorWeight()));
      }
      if (batch.captionsEach() > 0) {
        NDArray caption = captionLoss(ops, scope, memory, batch);
        losses.put("caption", caption.getFloat());
        parts.add(caption);
      }
      if (batch.questionsEach() > 0) {
        NDArray scores = answerScores(ops, scope, memory, batch);
        NDArray answer = CrossEntropy.of(scores, batch.questions().answers());
        losses.put("answer", answer.getFloat());
        losses.put("right", CrossEntropy.right(scores, batch.questions().answers()));
        parts.add(answer);
      }
      recording.backward(parts.stream().reduce(NDArray::add).orElseThrow());
    }
    losses.put("gradient", move(step));
    return losses;
  }

  /** In the first steps nothing is said or asked, which makes them cheap. */
  private HeadBatch batch(long step) {
    boolean watching = step < settings.detectorSteps() && data.mostCaptions() > 0;
    return data.draw(
        order.images(step),
        watching ? 0 : Math.min(settings.captionsEach(), data.mostCaptions()),
        watching ? 0 : Math.min(settings.questionsEach(), data.mostQuestions()),
        new SplittableRandom(seed() * 31 + step));
  }

  /**
   * The scores of all questions of some data, image by image.
   *
   * @param held out of training
   */
  public List<Calibration.Scored> scores(HeadData held) {
    List<Calibration.Scored> scored = new ArrayList<>();
    try (Recording paused = Recording.paused()) {
      for (int image = 0; image < held.size() && held.mostQuestions() > 0; image++) {
        HeadBatch batch =
            held.draw(new int[] {image}, 0, held.mostQuestions(), new SplittableRandom(seed()));
        try (NDManager scope = optimized().scope()) {
          ArrayOps ops = new ArrayOps(optimized().parameters(), scope);
          NDArray memory = networks.image().apply(ops, codes(scope, batch));
          float[] scores = answerScores(ops, scope, memory, batch).toFloatArray();
          int[] truth = batch.questions().answers();
          int classes = scores.length / truth.length;
          for (int row = 0; row < truth.length; row++) {
            if (truth[row] != HeadBatch.NONE) {
              float[] own = Arrays.copyOfRange(scores, row * classes, (row + 1) * classes);
              scored.add(new Calibration.Scored(own, truth[row]));
            }
          }
        }
      }
    }
    return scored;
  }

  private static NDArray codes(NDManager scope, HeadBatch batch) {
    int places = batch.codes().length / batch.images();
    return scope.create(batch.codes(), new Shape(batch.images(), places));
  }

  private NDArray captionLoss(ArrayOps ops, NDManager scope, NDArray memory, HeadBatch batch) {
    HeadBatch.Captions captions = batch.captions();
    int texts = batch.images() * batch.captionsEach();
    NDArray words = scope.create(captions.words(), new Shape(texts, captions.length()));
    NDArray scores =
        networks.caption().scores(ops, memory, words, captions.length(), batch.captionsEach());
    return CrossEntropy.of(scores, captions.next());
  }

  private NDArray answerScores(ArrayOps ops, NDManager scope, NDArray memory, HeadBatch batch) {
    HeadBatch.Questions questions = batch.questions();
    NDArray words =
        scope.create(questions.words(), new Shape(questions.answers().length, questions.length()));
    return networks.answer().scores(ops, memory, words, questions.length(), batch.questionsEach());
  }
}
