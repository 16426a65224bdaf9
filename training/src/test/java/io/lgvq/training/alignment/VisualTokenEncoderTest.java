package io.lgvq.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.AlignmentSettings.Visual;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.array.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VisualTokenEncoderTest {

  private static final int ROWS = 4;
  private static final int COLUMNS = 6;
  private static final int DIMENSION = 3;
  private static final int TEXT = 10;

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 3);
  private final ArrayOps ops = new ArrayOps(parameters, manager);

  @AfterEach
  void free() {
    parameters.close();
    manager.close();
  }

  private static VisualTokenEncoder encoder(int merge) {
    return new VisualTokenEncoder(new Visual(merge, 0, 1, 8, 2), ROWS, COLUMNS, DIMENSION, TEXT);
  }

  private NDArray random(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(values, new Shape(shape));
  }

  @Test
  void shouldTellHowLikeWordsTokensAreWithoutMakingThem() {
    VisualTokenEncoder encoder = encoder(2);
    Seen<NDArray> seen = encoder.apply(ops, random(1, 2, ROWS * COLUMNS, DIMENSION));
    NDArray units = Cosines.unit(random(2, 2, 5, TEXT));

    NDArray tokens = Cosines.unit(encoder.tokens(ops, seen));
    NDArray expected = units.matMul(tokens.transpose(0, 2, 1));

    assertThat(encoder.likeness(ops, seen, units).toFloatArray())
        .containsExactly(expected.toFloatArray(), within(1e-5f));
  }

  @Test
  void shouldGiveEveryCodeATokenAndEverySquareOnePlaceInMemory() {
    VisualTokenEncoder encoder = encoder(2);
    Seen<NDArray> seen = encoder.apply(ops, random(1, 2, ROWS * COLUMNS, DIMENSION));

    assertThat(seen.codes().getShape()).isEqualTo(new Shape(2, 24, 8));
    assertThat(seen.hidden().getShape()).isEqualTo(new Shape(2, 6, 8));
    assertThat(seen.whole().getShape()).isEqualTo(new Shape(2, TEXT));
    assertThat(encoder.places()).isEqualTo(24);
    assertThat(encoder.merged()).isEqualTo(6);
  }

  @Test
  void shouldTellApartTheCodesOfOneSquareByThemselvesAlone() {
    NDArray vectors = manager.ones(new Shape(1, ROWS * COLUMNS, DIMENSION));
    // the first two codes of the first row are in one square, and differ
    vectors.set(new NDIndex(0, 0), manager.create(new float[] {2, 0, 1}));
    NDArray codes = encoder(2).apply(ops, vectors).codes();

    assertThat(codes.get(0, 0).sub(codes.get(0, 1)).norm().getFloat()).isGreaterThan(0.01f);
    assertThat(codes.get(0, 1).sub(codes.get(0, COLUMNS)).norm().getFloat()).isLessThan(1e-5f);
  }

  @Test
  void shouldGiveTheSameGradientThroughAGarbageCollection() {
    VisualTokenEncoder encoder = encoder(2);
    NDArray vectors = random(1, 2, ROWS * COLUMNS, DIMENSION);
    NDArray units = Cosines.unit(random(2, 2, 5, TEXT));
    float[] expected = gradient(encoder, vectors, units, () -> {});
    List<ByteBuffer> others = new ArrayList<>();

    assertThat(
            gradient(
                encoder,
                vectors,
                units,
                () -> {
                  System.gc();
                  for (int i = 0; i < 5_000; i++) {
                    others.add(
                        ByteBuffer.allocateDirect(4)
                            .order(ByteOrder.nativeOrder())
                            .putFloat(0, 1e30f));
                  }
                }))
        .containsExactly(expected);
    assertThat(others).isNotEmpty();
  }

  /** The gradient of many likenesses at once, so that one of them meets the freed memory. */
  private float[] gradient(
      VisualTokenEncoder encoder, NDArray vectors, NDArray units, Runnable between) {
    NDArray leaf = vectors.duplicate();
    leaf.setRequiresGradient(true);
    try (Recording recording = Recording.open()) {
      NDArray sum = manager.create(0f);
      for (int i = 0; i < 50; i++) {
        sum = sum.add(encoder.likeness(ops, encoder.apply(ops, leaf), units).square().sum());
      }
      between.run();
      recording.backward(sum);
    }
    return Recording.take(leaf).toFloatArray();
  }

  @Test
  void shouldRefuseSquaresThatDoNotFillTheGrid() {
    assertThatThrownBy(() -> encoder(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 x 6");
  }
}
