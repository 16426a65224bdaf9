package io.lgvq.training.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.AlignmentSettings;
import io.lgvq.training.alignment.CaptionReader;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.export.HalfWeights;
import io.lgvq.training.export.OnnxRun;
import io.lgvq.training.export.OnnxRun.Input;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.text.BagOfWords;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is served of a probe is what was trained. */
class ProbeGraphsTest {

  private static final int ROWS = 2;
  private static final int COLUMNS = 4;
  private static final int CODES = 16;
  private static final int DIMENSION = 6;
  private static final int LENGTH = 5;
  private static final int BATCH = 2;
  private static final Parameter CODEBOOK =
      Parameter.of("codebook", Initial.FAN_IN, CODES, DIMENSION);

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore store = new ParameterStore(manager, 7);
  private final ArrayOps ops = new ArrayOps(store, manager);
  private final int[] codes =
      new SplittableRandom(1).ints(BATCH * ROWS * COLUMNS, 0, CODES).toArray();
  private final Map<String, Input> seeing =
      Map.of("codes", new Input.Ints(codes, BATCH, ROWS * COLUMNS));
  private Probe probe;
  private ProbeGraphs graphs;
  private NDArray vectors;
  private Seen<NDArray> seen;

  @BeforeEach
  void look() {
    CaptionReader reader =
        CaptionReader.of(
            new BagOfWords("a", "red", "dog", "on", "sand"),
            Stream.of("a red dog", "a dog on sand"),
            LENGTH);
    AlignmentSettings settings =
        new AlignmentSettings(
            LENGTH,
            3,
            new AlignmentSettings.Visual(2, 1, 2, 16, 2),
            new AlignmentSettings.Transformer(2, 12, 3),
            0.1f,
            0.1f,
            new AlignmentSettings.Mask(0.4f, 0.2f, 0.1f, 0.7f));
    Tensor values = Initialization.of(CODEBOOK, 2);
    probe =
        new Probe(
            new LanguageNetworks(settings, reader.lexicon(), ROWS, COLUMNS, DIMENSION),
            CODEBOOK,
            values,
            3);
    probe.prepare(store);
    vectors = probe.vectors(ops, manager.create(codes, new Shape(BATCH, ROWS * COLUMNS)));
    seen = probe.networks().see(ops, vectors);
    probe.networks().tokens(ops, seen);
    graphs = new ProbeGraphs(probe, HalfWeights.round(store));
    vectors = probe.vectors(ops, manager.create(codes, new Shape(BATCH, ROWS * COLUMNS)));
    seen = probe.networks().see(ops, vectors);
  }

  @AfterEach
  void free() {
    store.close();
    manager.close();
  }

  @Test
  void shouldBeginToGuessHiddenWordsByTheirFrequency() {
    // "a" stands twice in seven words, "red" once; padding and unknown words are as rare as that
    float[] bias = store.tensors().get("language.words.bias").values();
    assertThat(bias[2]).isCloseTo((float) Math.log(2 / 7d), within(1e-6f));
    assertThat(bias[3]).isCloseTo((float) Math.log(1 / 7d), within(1e-6f));
  }

  @Test
  void shouldMatchAsTrained() {
    assertThat(OnnxRun.run(graphs.match(), seeing).get("image"))
        .containsExactly(seen.whole().toFloatArray(), within(1e-4f));
  }

  @Test
  void shouldTellHiddenWordsAsTrained() {
    int[] words = {2, 3, 4, 0, 0, 2, 4, 5, 6, 0};
    float[] hidden = {0, 1, 1, 0, 0, 0, 0, 0, 1, 0};
    int[] position = {2, 3};
    wordAt(words, hidden, position);
    HalfWeights.round(store);
    NDArray scores = wordAt(words, hidden, position);
    Map<String, float[]> served =
        OnnxRun.run(
            graphs.maskedWord(),
            Map.of(
                "codes",
                seeing.get("codes"),
                "words",
                new Input.Ints(words, BATCH, LENGTH),
                "hidden",
                new Input.Floats(hidden, BATCH, LENGTH),
                "position",
                new Input.Ints(position, BATCH)));
    assertThat(served.get("logProbabilities"))
        .containsExactly(scores.logSoftmax(1).toFloatArray(), within(1e-4f));
  }

  private NDArray wordAt(int[] words, float[] hidden, int[] position) {
    return probe
        .networks()
        .wordAt(
            ops,
            seen,
            manager.create(words, new Shape(BATCH, LENGTH)),
            manager.create(hidden, new Shape(BATCH, LENGTH)),
            manager.create(position));
  }

  @Test
  void shouldRelateAsTrained() {
    Map<String, float[]> served = OnnxRun.run(graphs.relation(), seeing);
    assertThat(served.get("tokens"))
        .containsExactly(probe.networks().tokens(ops, seen).toFloatArray(), within(1e-4f));
    assertThat(served.get("vectors"))
        .containsExactly(probe.networks().project(ops, vectors).toFloatArray(), within(1e-4f));
  }
}
