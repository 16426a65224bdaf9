package io.lgvq.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.array.Recording;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WordRelationsTest {

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 3);
  private final ArrayOps ops = new ArrayOps(parameters, manager);
  private final WordRelations relations = new WordRelations(2, 2);

  /** Two places, and a class of words that finds the first and one that finds the second. */
  private final NDArray tokens = manager.create(new float[] {1, 0, 0, 1}, new Shape(1, 2, 2));

  @BeforeEach
  void projectCodesAsTheyAre() {
    parameters.load(
        Map.of(
            "language.relations.projection.weight",
            new Tensor(List.of(2L, 2L), new float[] {1, 0, 0, 1})));
  }

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray loss(NDArray vectors, float[] words, float[] present) {
    return relations.loss(
        ops,
        vectors,
        cosines(tokens),
        manager.create(words, new Shape(1, present.length, 2)),
        manager.create(present, new Shape(1, present.length)));
  }

  private static UnaryOperator<NDArray> cosines(NDArray tokens) {
    return units -> units.matMul(Cosines.unit(tokens).transpose(0, 2, 1));
  }

  private NDArray vectors(float... values) {
    return manager.create(values, new Shape(1, 2, 2));
  }

  @Test
  void shouldBeZeroIfCodesAreAsAlikeAsTheirWords() {
    NDArray loss = loss(vectors(0, 5, 2, 0), new float[] {3, 0, 0, 1}, new float[] {1, 1});
    assertThat(loss.getFloat()).isCloseTo(0, within(1e-6f));
  }

  @Test
  void shouldBeTheSquaredDifferenceOfTheCosines() {
    // words at 90 degrees, codes at 60: (0 - 0.5)^2
    NDArray codes = vectors(1, 0, 0.5f, (float) Math.sqrt(0.75));
    NDArray loss = loss(codes, new float[] {3, 0, 0, 1}, new float[] {1, 1});
    assertThat(loss.getFloat()).isCloseTo(0.25f, within(1e-6f));
  }

  @Test
  void shouldNotBeChangedByPadding() {
    NDArray codes = vectors(1, 0.2f, 0.5f, 1);
    float without = loss(codes, new float[] {3, 0, 0, 1}, new float[] {1, 1}).getFloat();
    float with = loss(codes, new float[] {3, 0, 0, 1, 0, 0}, new float[] {1, 1, 0}).getFloat();
    assertThat(with).isCloseTo(without, within(1e-6f));
  }

  @Test
  void shouldBeZeroForACaptionOfOneWord() {
    assertThat(loss(vectors(1, 2, 3, 4), new float[] {1, 0, 0, 0}, new float[] {1, 0}).getFloat())
        .isZero();
  }

  @Test
  void shouldPullOnTheChosenCodesAlone() {
    NDArray codes = manager.create(new float[] {1, 0, 1, 0.1f, 3, 4}, new Shape(1, 3, 2));
    NDArray places = manager.create(new float[] {1, 0, 0, 1, -1, -1}, new Shape(1, 3, 2));
    codes.setRequiresGradient(true);
    try (Recording recording = Recording.open()) {
      recording.backward(loss(codes, places));
    }
    float[] gradient = codes.getGradient().toFloatArray();
    assertThat(Math.abs(gradient[3])).isGreaterThan(0.01f);
    assertThat(Math.abs(gradient[4])).isLessThan(1e-6f);
    assertThat(Math.abs(gradient[5])).isLessThan(1e-6f);
  }

  @Test
  void shouldNotPullOnTheWords() {
    NDArray words = manager.create(new float[] {3, 0, 0, 1}, new Shape(1, 2, 2));
    words.setRequiresGradient(true);
    NDArray codes = vectors(1, 0, 1, 0.1f);
    codes.setRequiresGradient(true);
    try (Recording recording = Recording.open()) {
      NDArray present = manager.ones(new Shape(1, 2));
      recording.backward(relations.loss(ops, codes, cosines(tokens), words, present));
    }
    assertThat(words.getGradient().norm().getFloat()).isZero();
  }

  @Test
  void shouldHaveTheGradientsThatFiniteDifferencesGive() {
    NDArray codes =
        manager.create(new float[] {1, 0.2f, 0.3f, 0.9f, -0.5f, 1.1f}, new Shape(1, 3, 2));
    NDArray places = manager.create(new float[] {1, 0.8f, 0.9f, 1, 0.2f, 1}, new Shape(1, 3, 2));
    NDArray words = manager.create(new float[] {3, 2.6f, 0.8f, 1}, new Shape(1, 2, 2));
    NDArray present = manager.ones(new Shape(1, 2));

    FiniteDifferences.assertGradient(
        codes, at -> relations.loss(ops, at, cosines(places), words, present));
    FiniteDifferences.assertGradient(
        places, at -> relations.loss(ops, codes, cosines(at), words, present));
  }

  /** Both words choose the first place, and its code is one; the second word's own is elsewhere. */
  @Test
  void shouldTeachTheVisualTokensToChooseAnotherPlaceForAnotherWord() {
    NDArray codes = vectors(1, 0, 0, 1);
    NDArray seen = manager.create(new float[] {1, 1, -0.9f, 0.8f}, new Shape(1, 2, 2));
    float before = loss(codes, seen).getFloat();
    for (int step = 0; step < 20; step++) {
      seen.setRequiresGradient(true);
      NDArray moved;
      try (Recording recording = Recording.open()) {
        recording.backward(loss(codes, seen));
        moved = seen.duplicate().sub(seen.getGradient());
      }
      seen = moved.stopGradient();
    }
    assertThat(before).isGreaterThan(0.8f);
    assertThat(loss(codes, seen).getFloat()).isLessThan(0.1f);
  }

  private NDArray loss(NDArray codes, NDArray seen) {
    NDArray words = manager.create(new float[] {3, 0, 0, 1}, new Shape(1, 2, 2));
    return relations.loss(ops, codes, cosines(seen), words, manager.ones(new Shape(1, 2)));
  }
}
