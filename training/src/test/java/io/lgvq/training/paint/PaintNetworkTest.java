package io.lgvq.training.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.export.HalfWeights;
import io.lgvq.training.export.OnnxRun;
import io.lgvq.training.export.OnnxRun.Input;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each place knows, and that serving knows the same as training. */
class PaintNetworkTest {

  private static final int BATCH = 2;
  private static final int CODES = 12;
  private static final int WORDS = 9;
  private static final int TEXT = 5;
  private static final PaintSize SIZE = new PaintSize(4, 5, CODES, 6, WORDS, TEXT, 16, 2, 2);
  private static final int PLACES = SIZE.places();
  private static final Parameter CODEBOOK = Parameter.of("codebook", Initial.NORMAL, CODES, 6);
  private static final long SEED = 3;

  private final PaintNetwork network = new PaintNetwork(SIZE, CODEBOOK, 50);
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final ParameterStore store = new ParameterStore(manager, SEED);
  private final ArrayOps ops = new ArrayOps(store, manager);

  private final int[] codes =
      new SplittableRandom(1).ints((long) BATCH * PLACES, 0, CODES).toArray();
  private final int[] text = {Vocabulary.BEGIN, 5, 7, 0, 0, Vocabulary.BEGIN, 4, 8, 6, 5};

  @AfterEach
  void close() {
    store.close();
    manager.close();
  }

  @Test
  void shouldNotChangeWhatItSaysOfAPlaceWithThatCodeOrLaterOnes() {
    float[] before = scores(text, codes);
    for (int place = 0; place < PLACES; place++) {
      int[] changed = codes.clone();
      for (int at = place; at < PLACES; at++) {
        changed[at] = (changed[at] + 1) % CODES;
      }
      float[] after = scores(text, changed);
      int told = (place + 1) * CODES;
      assertThat(Arrays.copyOf(after, told))
          .containsExactly(Arrays.copyOf(before, told), within(1e-5f));
      if (place + 1 < PLACES) {
        assertThat(difference(before, after, told, told + CODES))
            .as("the place after place %d hears of it", place)
            .isGreaterThan(1e-3);
      }
    }
  }

  @Test
  void shouldHearOfEveryWordAndOfNoPadding() {
    float[] before = scores(text, codes);
    int[] other = text.clone();
    other[1] = 8;
    assertThat(difference(before, scores(other, codes), 0, PLACES * CODES)).isGreaterThan(1e-3);

    // A text of the whole length and the same one padded differ in the words that were cut alone.
    PaintSize shorter = new PaintSize(4, 5, CODES, 6, WORDS, 3, 16, 2, 2);
    try (ParameterStore cut = new ParameterStore(manager, SEED)) {
      float[] order =
          Initialization.of(Parameter.of("paint.order", Initial.NORMAL, TEXT, 16), SEED).values();
      cut.load(Map.of("paint.order", new Tensor(List.of(3L, 16L), Arrays.copyOf(order, 3 * 16))));
      NDArray unpadded =
          new PaintNetwork(shorter, CODEBOOK, 50)
              .scores(
                  new ArrayOps(cut, manager),
                  array(Arrays.copyOf(text, 3), 1, 3),
                  array(Arrays.copyOf(codes, PLACES), 1, PLACES));
      assertThat(unpadded.toFloatArray())
          .containsExactly(Arrays.copyOf(before, PLACES * CODES), within(1e-4f));
    }
  }

  @Test
  void shouldSayPlaceByPlaceWhatItSaysAtOnce() {
    float[] atOnce = logProbabilities();
    NDArray words = array(text, BATCH, TEXT);
    float[] memory = empty(network.memory(ops, words).toFloatArray());
    for (int place = 0; place < PLACES; place++) {
      PaintNetwork.Step<NDArray> step =
          network.step(
              ops,
              manager.create(memory, new Shape(BATCH, SIZE.length(), SIZE.remembered())),
              words,
              array(before(place), BATCH, PLACES),
              array(positions(place), BATCH));
      assertThat(step.logProbabilities().toFloatArray())
          .containsExactly(row(atOnce, place), within(1e-4f));
      remember(memory, place, step.entry().toFloatArray());
    }
  }

  @Test
  void shouldServeWhatWasTrained() {
    logProbabilities();
    PaintGraphs graphs = new PaintGraphs(SIZE, network, HalfWeights.round(store));
    float[] atOnce = logProbabilities();
    Input words = new Input.Ints(text, BATCH, TEXT);
    float[] memory = empty(OnnxRun.run(graphs.memory(), Map.of("words", words)).get("memory"));
    byte[] graph = graphs.step();
    for (int place = 0; place < PLACES; place++) {
      Map<String, float[]> step =
          OnnxRun.run(
              graph,
              Map.of(
                  "memory",
                  new Input.Floats(memory, BATCH, SIZE.length(), SIZE.remembered()),
                  "words",
                  words,
                  "codes",
                  new Input.Ints(before(place), BATCH, PLACES),
                  "position",
                  new Input.Ints(positions(place), BATCH)));
      assertThat(step.get("logProbabilities")).containsExactly(row(atOnce, place), within(1e-4f));
      remember(memory, place, step.get("entry"));
    }
  }

  private float[] scores(int[] words, int[] grids) {
    return network
        .scores(ops, array(words, BATCH, TEXT), array(grids, BATCH, PLACES))
        .toFloatArray();
  }

  private float[] logProbabilities() {
    return ops.logSoftmax(
            network.scores(ops, array(text, BATCH, TEXT), array(codes, BATCH, PLACES)))
        .toFloatArray();
  }

  /** The text's memory, and what should not matter for the codes that are not there yet. */
  private static float[] empty(float[] told) {
    float[] memory = new float[BATCH * SIZE.length() * SIZE.remembered()];
    Arrays.fill(memory, 7);
    int each = TEXT * SIZE.remembered();
    for (int image = 0; image < BATCH; image++) {
      System.arraycopy(told, image * each, memory, image * SIZE.length() * SIZE.remembered(), each);
    }
    return memory;
  }

  private static void remember(float[] memory, int place, float[] entries) {
    for (int image = 0; image < BATCH; image++) {
      System.arraycopy(
          entries,
          image * SIZE.remembered(),
          memory,
          (image * SIZE.length() + TEXT + place) * SIZE.remembered(),
          SIZE.remembered());
    }
  }

  /** The codes before a place, and others from there on. */
  private int[] before(int place) {
    int[] some = codes.clone();
    for (int image = 0; image < BATCH; image++) {
      Arrays.fill(some, image * PLACES + place, (image + 1) * PLACES, 0);
    }
    return some;
  }

  private static int[] positions(int place) {
    int[] positions = new int[BATCH];
    Arrays.fill(positions, place);
    return positions;
  }

  private static float[] row(float[] all, int place) {
    float[] rows = new float[BATCH * CODES];
    for (int image = 0; image < BATCH; image++) {
      System.arraycopy(all, (image * PLACES + place) * CODES, rows, image * CODES, CODES);
    }
    return rows;
  }

  private static double difference(float[] one, float[] other, int from, int to) {
    double most = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, Math.abs(one[i] - other[i]));
    }
    return most;
  }

  private NDArray array(int[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }
}
