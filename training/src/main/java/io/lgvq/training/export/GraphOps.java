package io.lgvq.training.export;

import static io.lgvq.training.export.Graph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Interprets a network as an ONNX graph (opset 13).
 *
 * <p>Only operators that old runtimes have: layer normalisation and GELU are spelled out in the
 * forms that ONNX Runtime fuses, group normalisation is instance normalisation of the joined
 * groups, the row of a sequence is a product with a one-hot vector (no 64-bit gather). One method
 * for each operation makes it longer than other classes. Threading: belongs to one thread.
 */
public final class GraphOps implements Ops<Node> {

  private static final float EPSILON = 1e-5f;
  private static final float MASKED = -1e9f;

  private final Graph graph;
  private final Function<Parameter, float[]> weights;

  /**
   * @param graph what is built
   * @param weights the trained array of each parameter, row-major
   */
  public GraphOps(Graph graph, Function<Parameter, float[]> weights) {
    this.graph = graph;
    this.weights = weights;
  }

  @Override
  public Node parameter(Parameter parameter) {
    return graph.floats(parameter.name(), parameter.shape(), values(parameter));
  }

  @Override
  public Node add(Node a, Node b) {
    return elementwise("Add", a, b);
  }

  @Override
  public Node multiply(Node a, Node b) {
    return elementwise("Mul", a, b);
  }

  @Override
  public Node scale(Node x, float factor) {
    return elementwise("Mul", x, graph.scalar(factor));
  }

  @Override
  public Node shift(Node x, float offset) {
    return elementwise("Add", x, graph.scalar(offset));
  }

  @Override
  public Node matmul(Node a, Node b) {
    return graph.add(
        "MatMul", DataType.FLOAT, Shapes.product(a.shape(), b.shape()), List.of(), a, b);
  }

  @Override
  public Node linear(Node x, Parameter weight, Parameter bias) {
    Node transposed =
        transposed(weight.name() + "/transposed", values(weight), rows(weight), columns(weight));
    return add(matmul(x, transposed), parameter(bias));
  }

  @Override
  public Node conv2d(Node x, Parameter weight, Parameter bias, int stride, int padding) {
    long kernelHeight = weight.shape().get(2);
    long kernelWidth = weight.shape().get(3);
    long height = (x.length(2) + 2L * padding - kernelHeight) / stride + 1;
    long width = (x.length(3) + 2L * padding - kernelWidth) / stride + 1;
    return graph.add(
        "Conv",
        DataType.FLOAT,
        List.of(x.length(0), weight.shape().get(0), height, width),
        List.of(
            attribute("kernel_shape", new long[] {kernelHeight, kernelWidth}),
            attribute("strides", new long[] {stride, stride}),
            attribute("pads", new long[] {padding, padding, padding, padding})),
        x,
        parameter(weight),
        parameter(bias));
  }

  @Override
  public Node groupNorm(Node x, int groups, float epsilon, Parameter gain, Parameter bias) {
    long channels = x.length(1);
    long area = x.length(2) * x.length(3);
    Node joined = reshape(x, -1, groups, channels / groups * area);
    Node normalised =
        graph.add(
            "InstanceNormalization",
            DataType.FLOAT,
            joined.shape(),
            List.of(attribute("epsilon", epsilon)),
            joined,
            filled("constant/ones/" + groups, groups, 1),
            filled("constant/zeros/" + groups, groups, 0));
    Node back = reshape(normalised, -1, channels, x.length(2), x.length(3));
    Node scaled = multiply(back, reshaped(gain, channels, 1, 1));
    return add(scaled, reshaped(bias, channels, 1, 1));
  }

  @Override
  public Node layerNorm(Node x, Parameter gain, Parameter bias) {
    int last = x.rank() - 1;
    Node centred = elementwise("Sub", x, reduced(x, true, last));
    Node variance = reduced(elementwise("Pow", centred, graph.scalar(2)), true, last);
    Node deviation = unary("Sqrt", shift(variance, EPSILON));
    Node normalised = elementwise("Div", centred, deviation);
    return add(multiply(normalised, parameter(gain)), parameter(bias));
  }

  @Override
  public Node silu(Node x) {
    return multiply(x, unary("Sigmoid", x));
  }

  @Override
  public Node gelu(Node x) {
    Node erf = unary("Erf", elementwise("Div", x, graph.scalar((float) Math.sqrt(2))));
    return scale(multiply(x, shift(erf, 1)), 0.5f);
  }

  @Override
  public Node softmax(Node x) {
    return unary("Softmax", x, attribute("axis", -1L));
  }

  @Override
  public Node logSoftmax(Node x) {
    return unary("LogSoftmax", x, attribute("axis", -1L));
  }

  @Override
  public Node reshape(Node x, long... shape) {
    return graph.add("Reshape", x.type(), Graph.boxed(shape), List.of(), x, graph.longs(shape));
  }

  @Override
  public Node transpose(Node x, int... axes) {
    List<Long> shape = new ArrayList<>();
    for (int axis : axes) {
      shape.add(x.length(axis));
    }
    long[] order = IntStream.of(axes).asLongStream().toArray();
    return graph.add(
        "Transpose", x.type(), List.copyOf(shape), List.of(attribute("perm", order)), x);
  }

  @Override
  public Node pixelShuffle(Node x, int factor) {
    List<Long> shape =
        List.of(
            x.length(0),
            x.length(1) / ((long) factor * factor),
            x.length(2) * factor,
            x.length(3) * factor);
    return graph.add(
        "DepthToSpace",
        x.type(),
        shape,
        List.of(attribute("blocksize", (long) factor), attribute("mode", "CRD")),
        x);
  }

  @Override
  public Node zeroPad(Node x, int top, int bottom, int left, int right) {
    return graph.add(
        "Pad",
        x.type(),
        List.of(x.length(0), x.length(1), x.length(2) + top + bottom, x.length(3) + left + right),
        List.of(attribute("mode", "constant")),
        x,
        graph.longs(0, 0, top, left, 0, 0, bottom, right));
  }

  @Override
  public Node enlarge(Node x, int factor) {
    Node scales =
        graph.floats("constant/scales/" + factor, List.of(4L), new float[] {1, 1, factor, factor});
    return graph.add(
        "Resize",
        x.type(),
        List.of(x.length(0), x.length(1), x.length(2) * factor, x.length(3) * factor),
        List.of(
            attribute("mode", "nearest"),
            attribute("coordinate_transformation_mode", "asymmetric"),
            attribute("nearest_mode", "floor")),
        x,
        Graph.ABSENT,
        scales);
  }

  @Override
  public Node embed(Node indices, Parameter table) {
    List<Long> shape = new ArrayList<>(indices.shape());
    shape.add(columns(table));
    return graph.add(
        "Gather",
        DataType.FLOAT,
        List.copyOf(shape),
        List.of(attribute("axis", 0L)),
        parameter(table),
        indices);
  }

  @Override
  public Node concat(int axis, Node a, Node b) {
    int at = Shapes.axis(a.shape(), axis);
    return graph.add(
        "Concat",
        a.type(),
        Shapes.with(a.shape(), at, a.length(at) + b.length(at)),
        List.of(attribute("axis", (long) at)),
        a,
        b);
  }

  @Override
  public Node mean(Node x, int axis) {
    return reduced(x, false, Shapes.axis(x.shape(), axis));
  }

  @Override
  public Node slice(Node x, int axis, int from, int to) {
    int at = Shapes.axis(x.shape(), axis);
    return graph.add(
        "Slice",
        x.type(),
        Shapes.with(x.shape(), at, to - from),
        List.of(),
        x,
        graph.longs(from),
        graph.longs(to),
        graph.longs(at));
  }

  @Override
  public Node paddingMask(Node ids) {
    Node zero = graph.ints("constant/padding", List.of(), 0);
    Node padded = graph.add("Equal", DataType.BOOL, ids.shape(), List.of(), ids, zero);
    return scale(reshape(asFloat(padded), -1, 1, 1, ids.length(1)), MASKED);
  }

  @Override
  public Node causalMask(int length) {
    float[] values = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(values, row * length + row + 1, (row + 1) * length, MASKED);
    }
    List<Long> shape = List.of(1L, 1L, (long) length, (long) length);
    return graph.floats("constant/causal/" + length, shape, values);
  }

  @Override
  public Node earlierMask(Node positions, int length) {
    Node earlier = asFloat(compared("Greater", positions, length));
    // 1 before and 0 from there on, so one less is 0 and -1
    return scale(reshape(shift(earlier, -1), -1, 1, 1, length), -MASKED);
  }

  @Override
  public Node rowAt(Node x, Node positions) {
    long length = x.length(1);
    Node oneHot = reshape(asFloat(compared("Equal", positions, length)), -1, 1, length);
    return reshape(matmul(oneHot, x), -1, x.length(2));
  }

  @Override
  public Node nearestCode(Node z, Parameter codebook) {
    float[] codes = values(codebook);
    int size = (int) rows(codebook);
    int dimension = (int) columns(codebook);
    float[] doubled = new float[codes.length];
    float[] squares = new float[size];
    for (int code = 0; code < size; code++) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        float value = codes[code * dimension + i];
        doubled[code * dimension + i] = 2 * value;
        sum += (double) value * value;
      }
      squares[code] = (float) -sum;
    }
    Node scores =
        add(
            matmul(z, transposed(codebook.name() + "/doubled", doubled, size, dimension)),
            graph.floats(codebook.name() + "/squares", List.of((long) size), squares));
    Node nearest =
        graph.add(
            "ArgMax",
            DataType.INT64,
            Shapes.without(scores.shape(), scores.rank() - 1),
            List.of(attribute("axis", -1L), attribute("keepdims", 0L)),
            scores);
    return cast(nearest, DataType.INT32);
  }

  @Override
  public Node meanSquare(Node x) {
    return reduced(multiply(x, x), false, IntStream.range(1, x.rank()).toArray());
  }

  /** Each position beside each place: [B] to [B, length] of yes and no. */
  private Node compared(String operator, Node positions, long length) {
    Node places =
        graph.ints(
            "constant/places/" + length,
            List.of(length),
            IntStream.range(0, (int) length).toArray());
    return graph.add(
        operator,
        DataType.BOOL,
        List.of(positions.length(0), length),
        List.of(),
        reshape(positions, -1, 1),
        places);
  }

  private Node elementwise(String operator, Node a, Node b) {
    return graph.add(operator, a.type(), Shapes.broadcast(a.shape(), b.shape()), List.of(), a, b);
  }

  private Node unary(String operator, Node x, AttributeProto... attributes) {
    return graph.add(operator, x.type(), x.shape(), List.of(attributes), x);
  }

  private Node cast(Node x, DataType type) {
    return graph.add("Cast", type, x.shape(), List.of(attribute("to", (long) type.getNumber())), x);
  }

  private Node asFloat(Node x) {
    return cast(x, DataType.FLOAT);
  }

  private Node reduced(Node x, boolean keep, int... axes) {
    List<Long> shape = x.shape();
    for (int i = axes.length - 1; i >= 0; i--) {
      shape = keep ? Shapes.with(shape, axes[i], 1) : Shapes.without(shape, axes[i]);
    }
    return graph.add(
        "ReduceMean",
        x.type(),
        shape,
        List.of(
            attribute("axes", IntStream.of(axes).asLongStream().toArray()),
            attribute("keepdims", keep ? 1L : 0L)),
        x);
  }

  private Node filled(String name, int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return graph.floats(name, List.of((long) length), values);
  }

  private Node reshaped(Parameter parameter, long... shape) {
    return graph.floats(
        parameter.name() + "/" + LongStream.of(shape).boxed().toList(),
        Graph.boxed(shape),
        values(parameter));
  }

  private Node transposed(String name, float[] values, long rows, long columns) {
    float[] result = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[(int) (column * rows + row)] = values[(int) (row * columns + column)];
      }
    }
    return graph.floats(name, List.of(columns, rows), result);
  }

  private float[] values(Parameter parameter) {
    float[] values = weights.apply(parameter);
    long expected = parameter.shape().stream().reduce(1L, Math::multiplyExact);
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "parameter %s has %d values, its shape %s needs %d"
              .formatted(parameter.name(), values.length, parameter.shape(), expected));
    }
    return values;
  }

  private static long rows(Parameter matrix) {
    return matrix.shape().get(0);
  }

  private static long columns(Parameter matrix) {
    return matrix.shape().get(1);
  }
}
