package io.lgvq.training.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.array.Recording;
import io.lgvq.training.export.HalfWeights;
import io.lgvq.training.export.OnnxRun;
import io.lgvq.training.export.OnnxRun.Input;
import io.lgvq.training.head.CrossEntropy;
import io.lgvq.training.head.HeadBatch;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Four images of codes without any order. */
class CompleteLearnerTest {

  private static final int CODES = 16;
  private static final int PLACES = 36;
  private static final CompleteSize SIZE = new CompleteSize(6, 6, CODES, 8, 32, 2, 1, 2);
  private static final CompleteSettings SETTINGS =
      new CompleteSettings(150, 4, 3e-3f, 10, 32, 2, 1, 2);
  private static final Tensor CODEBOOK =
      Initialization.of(Parameter.of("codebook", Initial.NORMAL, CODES, 8), 9);
  private static final HolePattern PATTERN = new HolePattern(6, 6);

  private final CompleteNetwork network = new CompleteNetwork(SIZE, 50);
  private final List<TokenizedSample> samples =
      LongStream.range(0, 4)
          .mapToObj(seed -> new SplittableRandom(seed).ints(PLACES, 0, CODES).toArray())
          .map(codes -> new TokenizedSample(codes, List.of(), List.of(), List.of()))
          .toList();

  @Test
  void shouldLearnWhatIsMissingFromWhatIsThere() {
    try (CompleteLearner learner = learner()) {
      for (long step = 0; step < SETTINGS.steps(); step++) {
        learner.step(step);
      }
      CompleteLearner.Told told = learner.measure(samples, 4);
      assertThat(told.right()).isGreaterThan(0.6f);
      assertThat(told.nats()).isLessThan(0.5f * (float) Math.log(CODES));
    }
  }

  @Test
  void shouldLearnFromHolesAlone() {
    CompleteBatch batch = batch(11);
    try (NDManager scope = NDManager.newBaseManager("PyTorch");
        ParameterStore store = new ParameterStore(scope, 3);
        Recording recording = Recording.open()) {
      NDArray scores =
          network
              .scores(new ArrayOps(store, scope), scope.create(batch.grids(), new Shape(4, PLACES)))
              .stopGradient();
      scores.setRequiresGradient(true);
      NDArray loss = CrossEntropy.of(scores, batch.hidden());
      recording.backward(loss);
      float[] gradient = Recording.take(scores).toFloatArray();
      float[] values = scores.toFloatArray();
      double sum = 0;
      int holes = 0;
      for (int place = 0; place < 4 * PLACES; place++) {
        boolean hole = batch.hidden()[place] != HeadBatch.NONE;
        double moved = 0;
        double total = 0;
        for (int code = 0; code < CODES; code++) {
          moved += Math.abs(gradient[place * CODES + code]);
          total += Math.exp(values[place * CODES + code]);
        }
        assertThat(moved > 0).isEqualTo(hole);
        if (hole) {
          sum += Math.log(total) - values[place * CODES + batch.hidden()[place]];
          holes++;
        }
      }
      assertThat(loss.getFloat()).isCloseTo((float) (sum / holes), within(1e-4f));
    }
  }

  @Test
  void shouldHideWhatIsToBeToldAndNothingElse() {
    for (long seed = 0; seed < 50; seed++) {
      CompleteBatch batch = batch(seed);
      for (int at = 0; at < batch.grids().length; at++) {
        int code = samples.get(at / PLACES).codes()[at % PLACES];
        boolean hole = batch.grids()[at] == CODES;
        assertThat(hole ? batch.hidden()[at] : batch.grids()[at]).isEqualTo(code);
        assertThat(batch.hidden()[at] == HeadBatch.NONE).isNotEqualTo(hole);
      }
    }
  }

  @Test
  void shouldDrawFewHolesAndManyAndWholeRectangles() {
    SplittableRandom random = new SplittableRandom(6);
    int rectangles = 0;
    int nearlyAll = 0;
    int few = 0;
    for (int draw = 0; draw < 1000; draw++) {
      boolean[] hidden = PATTERN.draw(random);
      int count = 0;
      int top = 6;
      int bottom = 0;
      int left = 6;
      int right = 0;
      for (int place = 0; place < PLACES; place++) {
        if (hidden[place]) {
          count++;
          top = Math.min(top, place / 6);
          bottom = Math.max(bottom, place / 6);
          left = Math.min(left, place % 6);
          right = Math.max(right, place % 6);
        }
      }
      assertThat(count).isPositive();
      int around = (bottom - top + 1) * (right - left + 1);
      rectangles += count == around && count > 3 && count < PLACES ? 1 : 0;
      nearlyAll += count > 30 ? 1 : 0;
      few += count < 6 ? 1 : 0;
    }
    assertThat(rectangles).isGreaterThan(50);
    assertThat(nearlyAll).isGreaterThan(100);
    assertThat(few).isGreaterThan(100);
  }

  @Test
  void shouldGoOnFromItsStateAsIfItHadNotStopped() {
    Map<String, Tensor> straight;
    try (CompleteLearner learner = learner()) {
      for (long step = 0; step < 4; step++) {
        learner.step(step);
      }
      straight = learner.parameters();
    }
    Map<String, Tensor> half;
    try (CompleteLearner learner = learner()) {
      learner.step(0);
      learner.step(1);
      half = learner.state();
    }
    try (CompleteLearner learner = learner()) {
      learner.restore(half);
      learner.step(2);
      learner.step(3);
      assertThat(learner.parameters()).isEqualTo(straight);
    }
  }

  @Test
  void shouldServeWhatWasTrained() {
    CompleteBatch batch = batch(2);
    try (NDManager scope = NDManager.newBaseManager("PyTorch");
        ParameterStore store = new ParameterStore(scope, 3)) {
      ArrayOps ops = new ArrayOps(store, scope);
      NDArray codes = scope.create(batch.grids(), new Shape(4, PLACES));
      network.scores(ops, codes);
      byte[] graph = new CompleteGraph(SIZE, network, HalfWeights.round(store)).complete();
      NDArray trained = ops.logSoftmax(network.scores(ops, codes));
      assertThat(
              OnnxRun.run(graph, Map.of("codes", new Input.Ints(batch.grids(), 4, PLACES)))
                  .get("logProbabilities"))
          .containsExactly(trained.toFloatArray(), within(1e-4f));
    }
  }

  private CompleteLearner learner() {
    return new CompleteLearner(samples, SETTINGS, SIZE, network, CODEBOOK, "toys", 5);
  }

  private CompleteBatch batch(long seed) {
    return CompleteBatch.draw(
        samples, new int[] {0, 1, 2, 3}, CODES, PATTERN, new SplittableRandom(seed));
  }
}
