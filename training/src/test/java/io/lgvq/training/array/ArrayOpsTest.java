package io.lgvq.training.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.network.Attention;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrayOpsTest {

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 7);
  private final NDManager scope = manager.newSubManager();
  private final ArrayOps ops = new ArrayOps(parameters, scope);

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray array(Shape shape, float... values) {
    return scope.create(values, shape);
  }

  @Test
  void shouldMultiplyByTransposedWeightAndAddBias() {
    parameters.load(
        Map.of(
            "l.weight",
            new Tensor(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6}),
            "l.bias",
            Tensor.of(10, 20)));
    NDArray y = Linear.of("l", 3, 2).apply(ops, array(new Shape(1, 3), 1, 0, -1));
    assertThat(y.toFloatArray()).containsExactly(8, 18);
  }

  @Test
  void shouldNormaliseEachGroupToZeroMeanAndUnitVariance() {
    NDArray x = scope.randomUniform(-3, 5, new Shape(2, 8, 3, 3));
    NDArray groups = GroupNorm.of("n", 8).apply(ops, x).reshape(4, 36);
    assertThat(groups.mean(new int[] {1}).abs().max().getFloat()).isLessThan(1e-5f);
    assertThat(groups.square().mean(new int[] {1}).sub(1).abs().max().getFloat()).isLessThan(1e-3f);
  }

  @Test
  void shouldLayChannelsOutAsPixelsRowByRow() {
    NDArray x = array(new Shape(1, 4, 1, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    NDArray y = ops.pixelShuffle(x, 2);
    assertThat(y.getShape()).isEqualTo(new Shape(1, 1, 2, 4));
    assertThat(y.toFloatArray()).containsExactly(1, 3, 2, 4, 5, 7, 6, 8);
  }

  @Test
  void shouldGiveAnEnlargedPixelTheGradientsOfItsSquare() {
    NDArray x = array(new Shape(1, 1, 1, 2), 5, 6);
    x.setRequiresGradient(true);
    try (Recording recording = Recording.open()) {
      NDArray y = ops.enlarge(x, 2);
      assertThat(y.toFloatArray()).containsExactly(5, 5, 6, 6, 5, 5, 6, 6);
      recording.backward(y, array(new Shape(1, 1, 2, 4), 1, 2, 3, 4, 5, 6, 7, 8), false);
    }
    assertThat(Recording.take(x).toFloatArray()).containsExactly(1 + 2 + 5 + 6, 3 + 4 + 7 + 8);
  }

  @Test
  void shouldFindNearestCode() {
    NDArray codebook = array(new Shape(3, 2), 0, 0, 10, 0, 0, 1);
    NDArray z = array(new Shape(1, 3, 2), 6, 1, 0.1f, 0.7f, 1, -4);
    assertThat(ArrayOps.nearest(z, codebook).toLongArray()).containsExactly(1, 2, 0);
  }

  @Test
  void shouldNotSeePaddingOrFuture() {
    NDArray ids = scope.create(new long[] {5, 3, 0}, new Shape(1, 3));
    assertThat(ops.paddingMask(ids).toFloatArray()).containsExactly(-0f, -0f, -1e9f);
    assertThat(ops.causalMask(2).toFloatArray()).containsExactly(0, -1e9f, 0, 0);
  }

  @Test
  void shouldTakeRowOfEachSample() {
    NDArray x = array(new Shape(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    NDArray rows = ops.rowAt(x, scope.create(new int[] {1, 0}));
    assertThat(rows.toFloatArray()).containsExactly(3, 4, 5, 6);
  }

  @Test
  void shouldGiveEqualAnswersWhateverStandsBehindPadding() {
    Attention attention = Attention.of("a", 8, 8, 2);
    NDArray x = scope.randomNormal(new Shape(1, 4, 8));
    NDArray other = x.duplicate();
    other.set(new ai.djl.ndarray.index.NDIndex("0, 3"), scope.randomNormal(new Shape(8)).mul(100));
    NDArray mask = ops.paddingMask(scope.create(new long[] {9, 9, 9, 0}, new Shape(1, 4)));
    float[] first = attention.apply(ops, x, 4, x, 4, Optional.of(mask)).toFloatArray();
    float[] second = attention.apply(ops, other, 4, other, 4, Optional.of(mask)).toFloatArray();
    for (int i = 0; i < 3 * 8; i++) {
      assertThat(second[i]).isCloseTo(first[i], within(1e-5f));
    }
  }

  @Test
  void shouldLeaveNothingBehindInTheParametersManagerAfterAStep() {
    Parameter table = Parameter.of("table", Initial.NORMAL, 5, 8);
    parameters.array(table);
    Attention attention = Attention.of("a", 8, 8, 2);
    runOnce(table, attention);
    int before = manager.getManagedArrays().size();
    runOnce(table, attention);
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  private void runOnce(Parameter table, Attention attention) {
    try (NDManager step = manager.newSubManager();
        Recording recording = Recording.open()) {
      ArrayOps stepOps = new ArrayOps(parameters, step);
      NDArray ids = step.create(new long[] {1, 2, 3, 4}, new Shape(1, 4));
      NDArray x = stepOps.embed(ids, table);
      NDArray places = stepOps.slice(stepOps.parameter(table), 0, 0, 4);
      x = stepOps.add(places.expandDims(0), x);
      x = attention.apply(stepOps, x, 4, x, 4, Optional.of(stepOps.causalMask(4)));
      recording.backward(x.square().sum());
    }
  }

  @Test
  void shouldKeepTheFactorForTheBackwardPassThroughAGarbageCollection() {
    List<java.nio.ByteBuffer> others = new java.util.ArrayList<>();
    NDArray x = scope.ones(new Shape(50));
    x.setRequiresGradient(true);
    try (Recording recording = Recording.open()) {
      NDArray sum = scope.create(0f);
      for (int i = 0; i < 50; i++) {
        sum = sum.add(ops.scale(x, 3).sum());
      }
      System.gc();
      for (int i = 0; i < 5000; i++) {
        others.add(java.nio.ByteBuffer.allocateDirect(4).putFloat(0, 1e30f));
      }
      recording.backward(sum);
    }
    assertThat(others).isNotEmpty();
    assertThat(x.getGradient().toFloatArray()).containsOnly(150);
  }
}
