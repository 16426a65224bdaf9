package io.lgvq.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.AlignmentSettings.Mask;
import io.lgvq.training.alignment.AlignmentSettings.Transformer;
import io.lgvq.training.alignment.AlignmentSettings.Visual;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.array.Tensors;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaskedWordsTest {

  private static final int WORDS = 9;
  private static final int WIDTH = 6;
  private static final Mask HALF = new Mask(0.5f, 0.01f, 0.45f, 0.55f);

  private static final Parameter TABLE = Parameter.of("table", Initial.ZERO, WORDS, WIDTH);

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 3);
  private final ArrayOps ops = new ArrayOps(parameters, manager);

  @AfterEach
  void free() {
    manager.close();
  }

  private static AlignmentSettings settings(int length) {
    return new AlignmentSettings(
        length, 3, new Visual(1, 0, 2, 8, 2), new Transformer(2, 8, 2), 0.1f, 0.1f, HALF);
  }

  @Test
  void shouldEqualSmoothedCrossEntropyWorkedOutByHand() {
    NDArray logits = manager.create(new float[] {2, 0, 1, -1, 0, 0}, new Shape(2, 3));
    NDArray answers = manager.create(new long[] {0, 2});
    double first = Math.log(Math.exp(2) + 1 + Math.exp(1));
    double second = Math.log(Math.exp(-1) + 2);
    double right = ((first - 2) + second) / 2;
    double all = ((3 * first - 3) + (3 * second + 1)) / 6;
    assertThat((double) MaskedWords.smoothed(logits, answers, 0.1f).getFloat())
        .isCloseTo(0.9 * right + 0.1 * all, within(1e-5));
  }

  @Test
  void shouldHideHalfOfTheKnownWordsAndNeverPaddingOrUnknownOnes() {
    int[][] captions = {{2, 3, 4, 5, 1, 0}, {6, 0, 0, 0, 0, 0}};
    HiddenWords hidden = HiddenWords.draw(manager, captions, HALF, new SplittableRandom(4));
    float[] flags = hidden.hidden().toFloatArray();
    assertThat(flags[0] + flags[1] + flags[2] + flags[3]).isEqualTo(2);
    assertThat(Arrays.copyOfRange(flags, 4, 12)).containsExactly(0, 0, 1, 0, 0, 0, 0, 0);
    long[] words = hidden.words().toLongArray();
    long[] places = hidden.places().toLongArray();
    long[] expected = Arrays.stream(places).map(place -> words[(int) place]).toArray();
    assertThat(hidden.answers().toLongArray()).containsExactly(expected);
  }

  @Test
  void shouldRefuseCaptionsWithoutAnyKnownWord() {
    assertThatThrownBy(
            () -> HiddenWords.draw(manager, new int[][] {{1, 0}}, HALF, new SplittableRandom(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private NDArray logits(int[][] captions, float[] hidden, long[] places, NDArray table) {
    int length = captions[0].length;
    long[] words = Arrays.stream(captions).flatMapToInt(Arrays::stream).asLongStream().toArray();
    NDArray ids = manager.create(words, new Shape(captions.length, length));
    HiddenWords caption =
        new HiddenWords(
            ids,
            manager.create(hidden, ids.getShape()),
            manager.create(places),
            manager.zeros(new Shape(places.length)));
    NDArray seen = manager.arange(0f, 40f, 1f).div(20).reshape(1, 5, 8);
    parameters.load(Map.of(TABLE.name(), Tensors.toTensor(table)));
    return new MaskedWords(settings(length), TABLE, 8).logits(ops, seen, caption);
  }

  @Test
  void shouldHaveTheGradientThatFiniteDifferencesGive() {
    parameters.load(
        Map.of(TABLE.name(), Tensors.toTensor(manager.randomNormal(new Shape(WORDS, WIDTH)))));
    MaskedWords network = new MaskedWords(settings(4), TABLE, 8);
    HiddenWords caption =
        HiddenWords.draw(
            manager, new int[][] {{2, 3, 4, 0}, {5, 6, 7, 8}}, HALF, new SplittableRandom(4));
    NDArray seen = manager.arange(0f, 48f, 1f).div(7).sin().reshape(2, 3, 8);

    FiniteDifferences.assertGradient(seen, at -> network.loss(ops, at, caption));
  }

  @Test
  void shouldNotKnowTheHiddenWord() {
    NDArray table = manager.randomNormal(new Shape(WORDS, WIDTH));
    float[] hidden = {0, 1, 0, 0};
    NDArray one = logits(new int[][] {{2, 3, 4, 0}}, hidden, new long[] {1}, table);
    NDArray other = logits(new int[][] {{2, 7, 4, 0}}, hidden, new long[] {1}, table);
    assertThat(other.toFloatArray()).containsExactly(one.toFloatArray());
    NDArray neighbour = logits(new int[][] {{5, 3, 4, 0}}, hidden, new long[] {1}, table);
    assertThat(neighbour.toFloatArray()).isNotEqualTo(one.toFloatArray());
  }

  @Test
  void shouldNotBeChangedByWhatStandsInThePaddingsRow() {
    NDArray table = manager.randomNormal(new Shape(WORDS, WIDTH));
    NDArray other = table.duplicate();
    other.set(new ai.djl.ndarray.index.NDIndex("0"), manager.ones(new Shape(WIDTH)).mul(50));
    float[] hidden = {0, 1, 0, 0};
    float[] one = logits(new int[][] {{2, 3, 4, 0}}, hidden, new long[] {1}, table).toFloatArray();
    float[] two = logits(new int[][] {{2, 3, 4, 0}}, hidden, new long[] {1}, other).toFloatArray();
    for (int word = 1; word < WORDS; word++) {
      assertThat(two[word]).isCloseTo(one[word], within(1e-4f));
    }
  }
}
