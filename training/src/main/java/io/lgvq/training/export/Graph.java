package io.lgvq.training.export;

import ai.djl.util.Float16Utils;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Collects the nodes, weights and constants of one ONNX graph (opset 13, IR version 7, so that
 * runtimes from 2020 on read it).
 *
 * <p>Knows nothing of networks; {@link GraphOps} does. Threading: belongs to one thread.
 */
public final class Graph {

  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;
  private static final String BATCH = "B";

  /** In the place of an input that an operation can do without. */
  static final Node ABSENT = new Node("", DataType.FLOAT, List.of());

  // Smaller arrays, biases and scales above all, are not worth a node.
  static final int LEAST_OF_HALVES = 256;
  private static final float GREATEST_HALF = 65504;

  private final GraphProto.Builder graph;
  private final boolean halves;
  private final Map<String, Node> initializers = new HashMap<>();
  private int nodes;

  /**
   * @param name of the graph, shown by viewers
   */
  public Graph(String name) {
    this(name, false);
  }

  private Graph(String name, boolean halves) {
    graph = GraphProto.newBuilder().setName(name);
    this.halves = halves;
  }

  /**
   * A graph whose large weights are written as 16-bit floats, in a file of half the size. It still
   * computes with 32 bits, for each array is widened where it stands; runtimes do that once, as
   * they load it. Weights so lose what is beyond 11 significant bits: nothing to a head, but an
   * encoder would choose other codes here and there.
   *
   * @param name of the graph, shown by viewers
   */
  public static Graph ofHalves(String name) {
    return new Graph(name, true);
  }

  /**
   * Declares an input.
   *
   * @param shape -1 stands for the batch
   */
  public Node input(String name, DataType type, long... shape) {
    Node node = new Node(name, type, boxed(shape));
    graph.addInput(described(name, type, node.shape()));
    return node;
  }

  /** Declares an output under a name of its own. */
  public void output(String name, Node value) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName("output/" + name)
            .addInput(value.name())
            .addOutput(name));
    graph.addOutput(described(name, value.type(), value.shape()));
  }

  /** Adds an operation; the result has the given type and shape. */
  Node add(
      String operator,
      DataType type,
      List<Long> shape,
      List<AttributeProto> attributes,
      Node... inputs) {
    String name = operator + "_" + nodes++;
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(name).addAllAttribute(attributes);
    for (Node input : inputs) {
      node.addInput(input.name());
    }
    graph.addNode(node.addOutput(name));
    return new Node(name, type, shape);
  }

  /** A constant array of floats; the same name always means the same array. */
  Node floats(String name, List<Long> shape, float[] values) {
    Node known = initializers.get(name);
    if (known != null) {
      return known;
    }
    if (halves && values.length >= LEAST_OF_HALVES && areHalves(values)) {
      return widened(name, shape, values);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return initializer(name, DataType.FLOAT, shape, raw);
  }

  private Node widened(String name, List<Long> shape, float[] values) {
    ByteBuffer raw = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putShort(Float16Utils.floatToHalf(value));
    }
    Node half = initializer(name, DataType.FLOAT16, shape, raw.flip());
    Node wide =
        add(
            "Cast",
            DataType.FLOAT,
            shape,
            List.of(attribute("to", DataType.FLOAT.getNumber())),
            half);
    initializers.put(name, wide);
    return wide;
  }

  /** Whether none is beyond what 16 bits hold, as what masks a place is. */
  private static boolean areHalves(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= GREATEST_HALF)) {
        return false;
      }
    }
    return true;
  }

  /** A constant scalar. */
  Node scalar(float value) {
    return floats("constant/" + value, List.of(), new float[] {value});
  }

  /** A constant vector of int64, as shapes and axes are. */
  Node longs(long... values) {
    String name = "constant/" + LongStream.of(values).boxed().toList();
    Node known = initializers.get(name);
    if (known != null) {
      return known;
    }
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return initializer(name, DataType.INT64, List.of((long) values.length), raw);
  }

  /** A constant of int32. */
  Node ints(String name, List<Long> shape, int... values) {
    Node known = initializers.get(name);
    if (known != null) {
      return known;
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asIntBuffer().put(values);
    return initializer(name, DataType.INT32, shape, raw);
  }

  private Node initializer(String name, DataType type, List<Long> shape, ByteBuffer raw) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(shape)
            .setRawData(ByteString.copyFrom(raw)));
    Node node = new Node(name, type, shape);
    initializers.put(name, node);
    return node;
  }

  /** An integer attribute. */
  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  /** A float attribute. */
  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** A text attribute. */
  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** An attribute of several integers. */
  static AttributeProto attribute(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(boxed(values))
        .build();
  }

  /** The finished file. */
  public byte[] toBytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("lgvq")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto described(String name, DataType type, List<Long> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long length : shape) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(length < 0 ? dimension.setDimParam(BATCH) : dimension.setDimValue(length));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  static List<Long> boxed(long... values) {
    List<Long> list = new ArrayList<>(values.length);
    for (long value : values) {
      list.add(value);
    }
    return List.copyOf(list);
  }
}
