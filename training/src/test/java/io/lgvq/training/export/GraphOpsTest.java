package io.lgvq.training.export;

import static io.lgvq.training.network.Parameter.Initial.FAN_IN;
import static io.lgvq.training.network.Parameter.Initial.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.network.CostOps;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Initialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation means the same as an array and as a graph. */
class GraphOpsTest {

  private static final int BATCH = 3;
  private static final long SEED = 5;

  /** An operation on floats {@code x} [B, ..] and integers {@code ids} [B, 7] in 0..4. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the shape
  enum Case {
    ADD(4, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.add(x, ops.parameter(Parameter.of("p", NORMAL, 5)));
      }
    },
    ADD_PARAMETER_FIRST(4, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.add(ops.parameter(Parameter.of("p", NORMAL, 4, 5)), x);
      }
    },
    MULTIPLY(4, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.multiply(x, ops.shift(x, 2));
      }
    },
    SCALE_AND_SHIFT(4, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.shift(ops.scale(x, -1.5f), 0.25f);
      }
    },
    MATMUL(2, 4, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.matmul(x, ops.transpose(x, 0, 1, 3, 2));
      }
    },
    LINEAR(4, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.linear(x, Parameter.of("w", FAN_IN, 6, 5), Parameter.of("b", NORMAL, 6));
      }
    },
    LINEAR_OF_FLAT(5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.linear(x, Parameter.of("w", FAN_IN, 6, 5), Parameter.of("b", NORMAL, 6));
      }
    },
    CONV2D(3, 8, 12) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.conv2d(
            x, Parameter.of("w", FAN_IN, 5, 3, 6, 6), Parameter.of("b", NORMAL, 5), 4, 1);
      }
    },
    GROUP_NORM(8, 4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return groupNorm(ops, x, 1e-5f);
      }
    },
    GROUP_NORM_OF_ANOTHER_EPSILON(8, 4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return groupNorm(ops, x, 0.5f);
      }
    },
    LAYER_NORM(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.layerNorm(x, Parameter.of("g", NORMAL, 6), Parameter.of("b", NORMAL, 6));
      }
    },
    SILU(9) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.silu(x);
      }
    },
    GELU(9) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.gelu(x);
      }
    },
    SOFTMAX(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.softmax(x);
      }
    },
    LOG_SOFTMAX(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.logSoftmax(x);
      }
    },
    RESHAPE_AND_TRANSPOSE(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.transpose(ops.reshape(x, -1, 2, 2, 2, 3), 0, 3, 1, 4, 2);
      }
    },
    RESHAPE_ACROSS_THE_BATCH(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.reshape(x, -1, 6);
      }
    },
    PIXEL_SHUFFLE(8, 3, 2) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.pixelShuffle(x, 2);
      }
    },
    ZERO_PAD(2, 3, 4) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.zeroPad(x, 1, 2, 3, 4);
      }
    },
    ENLARGE(2, 3, 4) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.enlarge(x, 3);
      }
    },
    EMBED(1) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.embed(ids, Parameter.of("table", NORMAL, 5, 6));
      }
    },
    CONCAT(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.concat(1, x, ops.scale(x, 2));
      }
    },
    MEAN(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.mean(x, 1);
      }
    },
    SLICE(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.slice(x, 2, 1, 4);
      }
    },
    SLICE_OF_PARAMETER(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.add(x, ops.slice(ops.parameter(Parameter.of("p", NORMAL, 9, 6)), 0, 0, 4));
      }
    },
    PADDING_MASK(1) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.paddingMask(ids);
      }
    },
    CAUSAL_MASK(2, 4, 4) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.softmax(ops.add(x, ops.causalMask(4)));
      }
    },
    EARLIER_MASK(2, 1, 4) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.add(x, ops.earlierMask(ops.reshape(ops.slice(ids, 1, 3, 4), -1), 4));
      }
    },
    ROW_AT(7, 5) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.rowAt(x, ops.reshape(ops.slice(ids, 1, 3, 4), -1));
      }
    },
    NEAREST_CODE(7, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        Parameter codebook = Parameter.of("codebook", FAN_IN, 32, 6);
        return ops.embed(ops.nearestCode(x, codebook), codebook);
      }
    },
    MEAN_SQUARE(4, 6) {
      @Override
      <T> T apply(Ops<T> ops, T x, T ids) {
        return ops.meanSquare(x);
      }
    };

    private final long[] shape;

    Case(long... shape) {
      this.shape = shape;
    }

    abstract <T> T apply(Ops<T> ops, T x, T ids);

    private static <T> T groupNorm(Ops<T> ops, T x, float epsilon) {
      return ops.groupNorm(
          x, 4, epsilon, Parameter.of("g", NORMAL, 8), Parameter.of("b", NORMAL, 8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldMeanTheSameAsArraysAndAsGraph(Case operation) {
    float[] x = random(BATCH * product(operation.shape));
    assertThat(graph(operation, x, BATCH)).containsExactly(arrays(operation, x), within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheSameForAnyBatchSize(Case operation) {
    int each = product(operation.shape);
    float[] x = random(BATCH * each);
    float[] together = graph(operation, x, BATCH);
    float[] alone = graph(operation, Arrays.copyOf(x, each), 1);
    assertThat(Arrays.copyOf(together, alone.length)).containsExactly(alone, within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheSameShapeWhereOnlyItsCostIsAsked(Case operation) {
    List<Long> shape =
        operation.apply(
            new CostOps(), Graph.boxed(batched(BATCH, operation.shape)), Graph.boxed(BATCH, 7));
    float[] x = random(BATCH * product(operation.shape));
    assertThat(shape).isEqualTo(Graph.boxed(array(operation, x).shape()));
  }

  @Test
  void shouldPadAndEnlargeWhereItIsSaid() {
    float[] row = {1, 2};
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        ParameterStore store = new ParameterStore(manager, SEED)) {
      ArrayOps ops = new ArrayOps(store, manager);
      NDArray x = manager.create(row, new Shape(1, 1, 1, 2));
      assertThat(ops.zeroPad(x, 0, 1, 0, 1).toFloatArray()).containsExactly(1, 2, 0, 0, 0, 0);
      assertThat(ops.zeroPad(x, 1, 0, 1, 0).toFloatArray()).containsExactly(0, 0, 0, 0, 1, 2);
      assertThat(ops.enlarge(x, 2).toFloatArray()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
    }
  }

  @Test
  void shouldRefuseShapesThatDoNotFit() {
    GraphOps ops = new GraphOps(new Graph("g"), GraphOpsTest::weight);
    Node a = new Node("a", TensorProto.DataType.FLOAT, Graph.boxed(-1, 4));
    Node b = new Node("b", TensorProto.DataType.FLOAT, Graph.boxed(-1, 5));
    assertThatThrownBy(() -> ops.add(a, b)).hasMessageContaining("do not broadcast");
    assertThatThrownBy(() -> ops.matmul(a, b)).hasMessageContaining("do not multiply");
  }

  @Test
  void shouldStoreLargeWeightsInHalfTheBytesAndMeanTheSame() {
    int side = 32;
    float[] x = random(side);
    float[] mask = new float[side * side];
    Arrays.fill(mask, 1);
    mask[7] = -1e9f;
    Parameter weight = Parameter.of("w", FAN_IN, side, side);
    Parameter beyond = Parameter.of("m", NORMAL, side, side);

    byte[] whole = products(new Graph("g"), weight, beyond, mask);
    byte[] halves = products(Graph.ofHalves("g"), weight, beyond, mask);

    assertThat(halves).hasSizeBetween(whole.length - 2 * side * side, whole.length - side * side);
    Map<String, OnnxRun.Input> inputs = Map.of("x", new OnnxRun.Input.Floats(x, 1, 1, side));
    assertThat(OnnxRun.run(halves, inputs).get("y"))
        .containsExactly(OnnxRun.run(whole, inputs).get("y"), within(2e-3f));
    assertThat(OnnxRun.run(halves, inputs).get("y"))
        .isNotEqualTo(OnnxRun.run(whole, inputs).get("y"));
    assertThat(OnnxRun.run(halves, inputs).get("masked"))
        .as("what 16 bits do not hold is stored as it is")
        .isEqualTo(OnnxRun.run(whole, inputs).get("masked"));
  }

  private static byte[] products(Graph graph, Parameter weight, Parameter beyond, float[] mask) {
    Node x = graph.input("x", TensorProto.DataType.FLOAT, -1, 1, weight.shape().get(1));
    GraphOps ops = new GraphOps(graph, p -> p.equals(beyond) ? mask : GraphOpsTest.weight(p));
    graph.output("y", ops.matmul(x, ops.parameter(weight)));
    graph.output("masked", ops.matmul(x, ops.parameter(beyond)));
    return graph.toBytes();
  }

  private static float[] graph(Case operation, float[] x, int batch) {
    long[] shape = batched(-1, operation.shape);
    Graph graph = new Graph("case");
    Node in = graph.input("x", TensorProto.DataType.FLOAT, shape);
    Node ids = graph.input("ids", TensorProto.DataType.INT32, -1, 7);
    graph.output("y", operation.apply(new GraphOps(graph, GraphOpsTest::weight), in, ids));
    return OnnxRun.run(
            graph.toBytes(),
            Map.of(
                "x",
                new OnnxRun.Input.Floats(x, batched(batch, operation.shape)),
                "ids",
                new OnnxRun.Input.Ints(Arrays.copyOf(ids(), batch * 7), batch, 7)))
        .get("y");
  }

  private static float[] arrays(Case operation, float[] x) {
    return array(operation, x).values();
  }

  private record Computed(long[] shape, float[] values) {}

  private static Computed array(Case operation, float[] x) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        ParameterStore store = new ParameterStore(manager, SEED)) {
      NDArray in = manager.create(x, new Shape(batched(BATCH, operation.shape)));
      NDArray ids = manager.create(ids(), new Shape(BATCH, 7));
      NDArray result = operation.apply(new ArrayOps(store, manager), in, ids);
      return new Computed(
          result.getShape().getShape(), result.toType(DataType.FLOAT32, false).toFloatArray());
    }
  }

  private static float[] weight(Parameter parameter) {
    return Initialization.of(parameter, SEED).values();
  }

  private static float[] random(int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int[] ids() {
    return new SplittableRandom(SEED).ints(BATCH * 7L, 0, 5).toArray();
  }

  private static long[] batched(long batch, long[] shape) {
    return LongStream.concat(LongStream.of(batch), LongStream.of(shape)).toArray();
  }

  private static int product(long[] shape) {
    return (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
  }
}
