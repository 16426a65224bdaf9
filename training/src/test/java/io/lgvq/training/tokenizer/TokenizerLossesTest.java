package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.array.Recording;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.loop.Schedule;
import io.lgvq.training.tokenizer.QuantizerSettings.Rule;
import io.lgvq.training.tokenizer.TokenizerShape.Level;
import io.lgvq.training.tokenizer.TokenizerShape.Stem;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One step of the learner beside the same losses (LG-VQ, eq. 2) written down here once more. */
class TokenizerLossesTest {

  private static final long SEED = 5;
  private static final int BATCH = 3;
  private static final int CODES = 6;
  private static final int DIMENSION = 4;
  private static final float ABSOLUTE = 1.5f;
  private static final float SQUARED = 0.5f;
  private static final float COMMITMENT = 0.25f;
  private static final float BETA = 0.9f;
  private static final TokenizerShape SHAPE =
      new TokenizerShape(
          16, new Stem(6, 4, 1), List.of(new Level(8, 1, false)), 1, CODES, DIMENSION);

  /** Nothing is clipped, so the first mean of Adam is a tenth of the gradient. */
  private static final TokenizerSettings SETTINGS =
      new TokenizerSettings(
          SHAPE,
          new QuantizerSettings(Rule.DESCENDING, COMMITMENT, 0.9f, 0.03f, 5),
          ABSOLUTE,
          SQUARED,
          BATCH,
          new Schedule(1e-3f, 1, 10, 0.05f),
          new AdamW.Settings(BETA, 0.99f, 0, 1e9f));

  private final float[] pixels = noise(BATCH * 3 * 16 * 16);
  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, SEED);
  private final ArrayOps ops = new ArrayOps(parameters, manager);
  private Map<String, Float> report;
  private Map<String, Tensor> state;

  @BeforeEach
  void learnOnce() {
    try (TokenizerLearner learner =
        new TokenizerLearner(
            SETTINGS,
            "test",
            SEED,
            Optional.empty(),
            Optional.empty(),
            new Prefetch<>("data", 1, step -> new TokenizerStep(pixels, Optional.empty())))) {
      report = learner.step(0);
      state = learner.state();
    }
  }

  @AfterEach
  void free() {
    manager.close();
  }

  /**
   * Features, and the codes that they get.
   *
   * @param z [B, n, d]
   * @param e the same shape
   */
  private record Coded(NDArray z, NDArray e) {}

  private Coded coded() {
    NDArray z = new Encoder(SHAPE).apply(ops, pixels());
    float[] first =
        CodebookRule.of(SETTINGS.quantizer(), CODES, DIMENSION)
            .begin(z.toFloatArray(), new SplittableRandom(SEED ^ 0x9E3779B97F4A7C15L));
    parameters.load(
        Map.of(CodebookParameter.NAME, new Tensor(List.of((long) CODES, (long) DIMENSION), first)));
    NDArray codes = ops.nearestCode(z, CodebookParameter.of(SHAPE));
    return new Coded(z, ops.embed(codes, CodebookParameter.of(SHAPE)));
  }

  private NDArray pixels() {
    return manager.create(pixels, new Shape(BATCH, 3, 16, 16));
  }

  @Test
  void shouldMoveEverythingByTheGradientOfTheWholeLossStraightThroughTheCodes() {
    try (Recording recording = Recording.open()) {
      Coded coded = coded();
      NDArray through = coded.z().add(coded.e().sub(coded.z()).stopGradient());
      NDArray difference = new Decoder(SHAPE).apply(ops, through).sub(pixels());
      NDArray loss =
          ArrayOps.times(difference.abs().mean(), ABSOLUTE)
              .add(ArrayOps.times(difference.square().mean(), SQUARED))
              .add(
                  ArrayOps.times(
                      coded.z().sub(coded.e().stopGradient()).square().mean(), COMMITMENT))
              .add(coded.e().sub(coded.z().stopGradient()).square().mean());
      recording.backward(loss);
    }

    assertThat(parameters.trained())
        .containsKeys("encoder.stem.weight", "decoder.out.weight", "codebook");
    parameters
        .trained()
        .forEach(
            (name, parameter) -> {
              NDArray expected = parameter.getGradient();
              float[] mean = state.get("adam.mean." + name).values();
              float most = 1e-3f * expected.abs().max().getFloat() + 1e-6f;
              assertThat(expected.mul(1 - BETA).toFloatArray())
                  .as(name)
                  .containsExactly(mean, within(most));
              assertThat(expected.norm().getFloat()).as(name).isPositive();
            });
  }

  @Test
  void shouldReportTheTermsOfTheLossAsTheyAreWorkedOutByHand() {
    float[] z;
    float[] e;
    float[] made;
    try (Recording paused = Recording.paused()) {
      Coded coded = coded();
      z = coded.z().toFloatArray();
      e = coded.e().toFloatArray();
      made = new Decoder(SHAPE).apply(ops, coded.e()).toFloatArray();
    }
    double absolute = 0;
    double squared = 0;
    for (int i = 0; i < pixels.length; i++) {
      absolute += Math.abs(made[i] - pixels[i]) / pixels.length;
      squared += Math.pow(made[i] - pixels[i], 2) / pixels.length;
    }
    double distance = 0;
    for (int i = 0; i < z.length; i++) {
      distance += Math.pow(e[i] - z[i], 2) / z.length;
    }

    assertThat((double) report.get("reconstruction"))
        .isCloseTo(ABSOLUTE * absolute + SQUARED * squared, within(1e-5));
    assertThat((double) report.get("psnr")).isCloseTo(10 * Math.log10(4 / squared), within(1e-4));
    assertThat((double) report.get("commitment")).isCloseTo(distance, within(1e-6));
    assertThat((double) report.get("codebook")).isCloseTo(distance, within(1e-6));
  }

  @Test
  void shouldMeasureTheGradientAtTheDecodersLastLayerAsItIsThere() {
    Optimized optimized = new Optimized(SEED, SETTINGS.optimizer());
    try (NDManager scope = optimized.scope();
        Recording recording = Recording.open()) {
      ArrayOps own = new ArrayOps(optimized.parameters(), scope);
      Decoder decoder = new Decoder(SHAPE);
      NDArray vectors =
          scope.create(noise(BATCH * 16 * DIMENSION), new Shape(BATCH, 16, DIMENSION));
      NDArray hidden = decoder.body(own, vectors);
      NDArray made = decoder.last(own, hidden);
      NDArray leaf = made.stopGradient().duplicate();
      leaf.setRequiresGradient(true);
      NDArray target = scope.create(pixels, made.getShape());
      recording.backward(leaf.sub(target).square().mean());
      NDArray wanted = Recording.take(leaf);
      recording.backward(made.sub(target).square().mean());
      NDArray weight = optimized.parameters().array(decoder.lastWeight());
      assertThat(decoder.lastWeight().name()).isEqualTo("decoder.out.weight");
      float expected = weight.getGradient().norm().getFloat();
      optimized.forget();

      float norm =
          new Reconstruction(SETTINGS, optimized, Optional.empty())
              .lastNorm(recording, own, hidden.stopGradient(), wanted);

      assertThat(norm).isCloseTo(expected, within(1e-4f * expected)).isPositive();
      // What was measured must move nothing.
      assertThat(weight.getGradient().norm().getFloat()).isZero();
    } finally {
      optimized.close();
    }
  }

  @Test
  void shouldGiveImagesThatAreNotGuidedNoGradient() {
    NDArray guided = manager.ones(new Shape(2, 16, DIMENSION));

    NDArray all = TokenizerLearner.filledUp(guided, BATCH);

    assertThat(all.getShape()).isEqualTo(new Shape(BATCH, 16, DIMENSION));
    assertThat(all.get("0:2").toFloatArray()).containsOnly(1);
    assertThat(all.get("2:").toFloatArray()).containsOnly(0);
    assertThat(TokenizerLearner.filledUp(guided, 2)).isSameAs(guided);
  }

  private static float[] noise(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
