package io.lgvq.training.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.export.HalfWeights;
import io.lgvq.training.export.OnnxRun;
import io.lgvq.training.export.OnnxRun.Input;
import io.lgvq.training.head.HeadNetworks;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.tokenizer.Decoder;
import io.lgvq.training.tokenizer.Encoder;
import io.lgvq.training.tokenizer.TokenizerShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is served is what was trained. */
class ReleaseTest {

  private static final int BATCH = 3;
  private static final TokenizerShape SHAPE = UntrainedBundle.tiny();
  private static final int PLACES = SHAPE.length();

  @TempDir Path folder;
  private Bundle bundle;
  private NDManager manager;
  private ParameterStore store;
  private ArrayOps ops;
  private HeadNetworks heads;

  @BeforeEach
  void open() throws Exception {
    UntrainedBundle.write(folder, SHAPE, 32);
    bundle = Bundle.open(folder);
    manager = NDManager.newBaseManager("PyTorch");
    store = new ParameterStore(manager, UntrainedBundle.SEED);
    ops = new ArrayOps(store, manager);
    heads = UntrainedBundle.networks(SHAPE, 32);
  }

  @AfterEach
  void close() {
    store.close();
    manager.close();
  }

  @Test
  void shouldWriteBundleThatKeepsItsContract() {
    assertThat(Bundle.verify(folder)).isEmpty();
    assertThat(bundle.vocabulary().word(4)).isEqualTo("a");
    assertThat(bundle.answers()).contains("cat");
    assertThat(bundle.codebook().size()).isEqualTo(SHAPE.codes());
  }

  @Test
  void shouldEncodeAsTrained() {
    float[] pixels = normal(BATCH * 3 * 32 * 32);
    NDArray features = new Encoder(SHAPE).apply(ops, array(pixels, BATCH, 3, 32, 32));
    NDArray codes = ops.nearestCode(features, CodebookParameter.of(SHAPE));
    Map<String, float[]> served =
        serve(Graph.ENCODER, Map.of("pixels", new Input.Floats(pixels, BATCH, 3, 32, 32)));
    assertThat(ints(served.get("codes"))).containsExactly(codes.toType(INT, false).toIntArray());
    NDArray difference = features.sub(ops.embed(codes, CodebookParameter.of(SHAPE)));
    assertThat(served.get("error"))
        .containsExactly(ops.meanSquare(difference).toFloatArray(), within(1e-4f));
  }

  @Test
  void shouldDecodeAsTrained() {
    int[] codes = codes(BATCH);
    NDArray vectors = ops.embed(array(codes, BATCH, PLACES), CodebookParameter.of(SHAPE));
    assertThat(serve(Graph.DECODER, Map.of("codes", input(codes, PLACES))).get("pixels"))
        .containsExactly(new Decoder(SHAPE).apply(ops, vectors).toFloatArray(), within(1e-4f));
  }

  @Test
  void shouldAnswerAsTrained() {
    int[] codes = codes(BATCH);
    int[] question = words(16, 5, 7, 3);
    NDArray trained =
        asKept(
            () ->
                heads
                    .answer()
                    .probabilities(
                        ops, array(codes, BATCH, PLACES), array(question, BATCH, 16), 1.5f));
    assertThat(answers(codes, question)).containsExactly(trained.toFloatArray(), within(1e-4f));
  }

  @Test
  void shouldCaptionAsTrained() {
    int[] codes = codes(BATCH);
    int[] words = words(24, 6, 1, 24);
    int[] position = {5, 0, 23};
    NDArray memory = asKept(() -> heads.caption().memory(ops, array(codes, BATCH, PLACES)));
    NDArray trained =
        asKept(
            () ->
                heads.caption().step(ops, memory, array(words, BATCH, 24), array(position, BATCH)));
    float[] served =
        serve(Graph.CAPTION_MEMORY, Map.of("codes", input(codes, PLACES))).get("memory");
    assertThat(served).containsExactly(memory.toFloatArray(), within(1e-4f));
    assertThat(step(served, words, position))
        .containsExactly(trained.toFloatArray(), within(1e-4f));
  }

  @Test
  void shouldTrainWithManyQuestionsOfAnImageAsItServesOne() {
    int[] codes = codes(1);
    int[] question = words(16, 5, 7, 3);
    NDArray memory = asKept(() -> heads.image().apply(ops, array(codes, 1, PLACES)));
    NDArray scores =
        asKept(() -> heads.answer().scores(ops, memory, array(question, BATCH, 16), 16, BATCH));
    int[] repeated = new int[BATCH * PLACES];
    for (int i = 0; i < BATCH; i++) {
      System.arraycopy(codes, 0, repeated, i * PLACES, PLACES);
    }
    assertThat(answers(repeated, question))
        .containsExactly(scores.div(1.5f).softmax(-1).toFloatArray(), within(1e-4f));
  }

  /** What a network makes with weights as its file keeps them. */
  private NDArray asKept(Supplier<NDArray> network) {
    NDArray unrounded = network.get();
    unrounded.close();
    HalfWeights.round(store);
    return network.get();
  }

  @Test
  void shouldNotChangeAnswerWithPadding() {
    int[] question = words(16, 5, 7, 3);
    int[] cut = words(7, 5, 7, 3);
    NDArray memory = heads.image().apply(ops, array(codes(BATCH), BATCH, PLACES));
    float[] padded =
        heads.answer().scores(ops, memory, array(question, BATCH, 16), 16, 1).toFloatArray();
    assertThat(heads.answer().scores(ops, memory, array(cut, BATCH, 7), 7, 1).toFloatArray())
        .containsExactly(padded, within(1e-4f));
  }

  @Test
  void shouldNotChangeNextWordWithWhatComesAfterThePosition() {
    float[] memory =
        serve(Graph.CAPTION_MEMORY, Map.of("codes", input(codes(BATCH), PLACES))).get("memory");
    int[] position = {4, 4, 4};
    int[] cut = words(24, 5, 5, 5);
    int[] going = cut.clone();
    Arrays.fill(going, 6, 24, 9);
    assertThat(step(memory, going, position))
        .startsWith(Arrays.copyOf(step(memory, cut, position), bundle.vocabulary().size()));
  }

  @Test
  void shouldAnswerTheSameAloneAsInBatch() {
    int[] codes = codes(BATCH);
    int[] question = words(16, 5, 7, 3);
    float[] together = answers(codes, question);
    float[] alone = answers(Arrays.copyOf(codes, PLACES), Arrays.copyOf(question, 16));
    assertThat(Arrays.copyOf(together, alone.length)).containsExactly(alone, within(1e-5f));
  }

  private float[] answers(int[] codes, int[] question) {
    return serve(
            Graph.ANSWER, Map.of("codes", input(codes, PLACES), "question", input(question, 16)))
        .get("probabilities");
  }

  private float[] step(float[] memory, int[] words, int[] position) {
    return serve(
            Graph.CAPTION_STEP,
            Map.of(
                "memory",
                new Input.Floats(memory, BATCH, PLACES / 4, 32),
                "words",
                input(words, 24),
                "position",
                new Input.Ints(position, BATCH)))
        .get("logProbabilities");
  }

  private Map<String, float[]> serve(Graph graph, Map<String, Input> inputs) {
    return OnnxRun.run(bundle.graph(graph), inputs);
  }

  private static Input input(int[] values, int width) {
    return new Input.Ints(values, values.length / width, width);
  }

  private NDArray array(int[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private NDArray array(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private static int[] codes(int images) {
    return new SplittableRandom(1).ints((long) images * PLACES, 0, SHAPE.codes()).toArray();
  }

  /** Word ids without padding up to the given lengths, padding after. */
  private static int[] words(int width, int... lengths) {
    SplittableRandom random = new SplittableRandom(2);
    int[] words = new int[lengths.length * width];
    for (int row = 0; row < lengths.length; row++) {
      for (int i = 0; i < lengths[row]; i++) {
        words[row * width + i] = random.nextInt(4, 20);
      }
    }
    return words;
  }

  private static float[] normal(int length) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int[] ints(float[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  private static final ai.djl.ndarray.types.DataType INT = ai.djl.ndarray.types.DataType.INT32;
}
