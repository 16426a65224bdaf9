package io.lgvq.training.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import java.util.Arrays;
import java.util.Collections;

/**
 * Runs networks on DJL's PyTorch engine: every operation is computed at once, and differentiated
 * inside a {@link Recording}.
 *
 * <p>Results belong to the manager of the array that they come from, never to the parameters', so
 * closing a step's manager frees the step. Threading: one thread.
 */
public final class ArrayOps implements Ops<NDArray> {

  private static final float EPSILON = 1e-5f;
  private static final float MINUS_INFINITY = -1e9f;

  private final ParameterStore parameters;
  private final NDManager scope;

  /**
   * @param parameters of the networks that will run; not owned
   * @param scope holds what does not come from an input: constants and views of parameters; not
   *     owned
   */
  public ArrayOps(ParameterStore parameters, NDManager scope) {
    this.parameters = parameters;
    this.scope = scope;
  }

  /** The manager of this interpreter's constants, usually one step's. */
  public NDManager scope() {
    return scope;
  }

  @Override
  public NDArray parameter(Parameter parameter) {
    NDArray array = parameters.array(parameter);
    return view(parameter, array.getShape());
  }

  private NDArray view(Parameter parameter, Shape shape) {
    NDArray view = parameters.array(parameter).reshape(shape);
    view.attach(scope);
    return view;
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  @Override
  public NDArray multiply(NDArray a, NDArray b) {
    return a.mul(b);
  }

  @Override
  public NDArray scale(NDArray x, float factor) {
    return times(x, factor);
  }

  @Override
  public NDArray shift(NDArray x, float offset) {
    return x.add(offset);
  }

  @Override
  public NDArray matmul(NDArray a, NDArray b) {
    return a.matMul(b);
  }

  @Override
  public NDArray linear(NDArray x, Parameter weight, Parameter bias) {
    return Linear.linear(x, parameters.array(weight), parameters.array(bias)).singletonOrThrow();
  }

  @Override
  public NDArray conv2d(NDArray x, Parameter weight, Parameter bias, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            parameters.array(weight),
            parameters.array(bias),
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1))
        .singletonOrThrow();
  }

  @Override
  public NDArray groupNorm(NDArray x, int groups, float epsilon, Parameter gain, Parameter bias) {
    Shape shape = x.getShape();
    long channels = shape.get(1);
    long size = channels / groups * shape.get(2) * shape.get(3);
    NDArray normed =
        LayerNorm.layerNorm(
                x.reshape(-1, groups, size),
                new Shape(size),
                scope.ones(new Shape(size)),
                scope.zeros(new Shape(size)),
                epsilon)
            .singletonOrThrow();
    Shape perChannel = new Shape(1, channels, 1, 1);
    return normed.reshape(shape).mul(view(gain, perChannel)).add(view(bias, perChannel));
  }

  @Override
  public NDArray layerNorm(NDArray x, Parameter gain, Parameter bias) {
    Shape last = new Shape(x.getShape().get(x.getShape().dimension() - 1));
    return LayerNorm.layerNorm(x, last, parameters.array(gain), parameters.array(bias), EPSILON)
        .singletonOrThrow();
  }

  @Override
  public NDArray silu(NDArray x) {
    return x.mul(Activation.sigmoid(x));
  }

  @Override
  public NDArray gelu(NDArray x) {
    return Activation.gelu(x);
  }

  @Override
  public NDArray softmax(NDArray x) {
    return x.softmax(-1);
  }

  @Override
  public NDArray logSoftmax(NDArray x) {
    return x.logSoftmax(-1);
  }

  @Override
  public NDArray reshape(NDArray x, long... shape) {
    return x.reshape(shape);
  }

  @Override
  public NDArray transpose(NDArray x, int... axes) {
    return x.transpose(axes);
  }

  @Override
  public NDArray pixelShuffle(NDArray x, int factor) {
    long channels = x.getShape().get(1) / factor / factor;
    long height = x.getShape().get(2);
    long width = x.getShape().get(3);
    return x.reshape(-1, channels, factor, factor, height, width)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(-1, channels, height * factor, width * factor);
  }

  @Override
  public NDArray zeroPad(NDArray x, int top, int bottom, int left, int right) {
    return x.pad(new Shape(left, right, top, bottom), 0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>By joining copies and not by broadcasting, whose gradient is a slow sum over two short axes.
   */
  @Override
  public NDArray enlarge(NDArray x, int factor) {
    Shape shape = x.getShape();
    long channels = shape.get(1);
    long height = shape.get(2);
    long width = shape.get(3);
    NDArray wide =
        copies(x.reshape(-1, channels, height, width, 1), factor, 4)
            .reshape(-1, channels, height, 1, width * factor);
    return copies(wide, factor, 3).reshape(-1, channels, height * factor, width * factor);
  }

  private static NDArray copies(NDArray x, int count, int axis) {
    return NDArrays.concat(new NDList(Collections.nCopies(count, x)), axis);
  }

  @Override
  public NDArray embed(NDArray indices, Parameter table) {
    return Embedding.embedding(indices, parameters.array(table), SparseFormat.DENSE)
        .singletonOrThrow();
  }

  @Override
  public NDArray concat(int axis, NDArray a, NDArray b) {
    return a.concat(b, axis);
  }

  @Override
  public NDArray mean(NDArray x, int axis) {
    return x.mean(new int[] {axis});
  }

  @Override
  public NDArray slice(NDArray x, int axis, int from, int to) {
    return x.get(new NDIndex().addAllDim(axis).addSliceDim(from, to));
  }

  @Override
  public NDArray paddingMask(NDArray ids) {
    Shape shape = ids.getShape();
    return ids.eq(0)
        .toType(DataType.FLOAT32, false)
        .mul(MINUS_INFINITY)
        .reshape(shape.get(0), 1, 1, shape.get(1));
  }

  @Override
  public NDArray causalMask(int length) {
    float[] mask = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(mask, row * length + row + 1, (row + 1) * length, MINUS_INFINITY);
    }
    return scope.create(mask, new Shape(1, 1, length, length));
  }

  @Override
  public NDArray earlierMask(NDArray positions, int length) {
    long batch = positions.getShape().get(0);
    return scope
        .arange(length)
        .reshape(1, length)
        .gte(positions.reshape(batch, 1))
        .toType(DataType.FLOAT32, false)
        .mul(MINUS_INFINITY)
        .reshape(batch, 1, 1, length);
  }

  @Override
  public NDArray rowAt(NDArray x, NDArray positions) {
    long batch = x.getShape().get(0);
    long width = x.getShape().get(2);
    NDArray index =
        positions.toType(DataType.INT64, false).reshape(batch, 1, 1).broadcast(batch, 1, width);
    return x.gather(index, 1).reshape(batch, width);
  }

  @Override
  public NDArray nearestCode(NDArray z, Parameter codebook) {
    return nearest(z, parameters.array(codebook));
  }

  @Override
  public NDArray meanSquare(NDArray x) {
    return x.square().reshape(x.getShape().get(0), -1).mean(new int[] {1});
  }

  /**
   * {@code x * factor}, to be used wherever a gradient goes through: {@code NDArray.mul(Number)}
   * and its kin (div, pow, maximum, minimum) wrap the number in memory that they let go of at once,
   * while the recorded graph still reads it in the backward pass, so a garbage collection in
   * between puts any number there.
   */
  public static NDArray times(NDArray x, float factor) {
    return x.mul(x.getManager().create(factor));
  }

  /**
   * Nearest rows of a table.
   *
   * @param z [.., d]
   * @param codebook [K, d]
   * @return int64 [..]
   */
  public static NDArray nearest(NDArray z, NDArray codebook) {
    Shape shape = z.getShape();
    long dimension = shape.get(shape.dimension() - 1);
    NDArray rows = z.reshape(-1, dimension);
    try (NDManager temporary = rows.getManager().newSubManager()) {
      NDArray table = codebook.stopGradient();
      table.attach(temporary);
      NDArray squares = table.square().sum(new int[] {1}).mul(-0.5f);
      NDArray closeness = rows.stopGradient().matMul(table.transpose()).add(squares);
      closeness.attach(temporary);
      NDArray codes = closeness.argMax(-1).reshape(shape.slice(0, shape.dimension() - 1));
      codes.attach(z.getManager());
      return codes;
    }
  }
}
