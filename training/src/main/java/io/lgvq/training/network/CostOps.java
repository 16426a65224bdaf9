package io.lgvq.training.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets a network as what it costs: nothing is computed, shapes go through it, and the
 * parameters, multiply-accumulates and largest layer that they meet are written down.
 *
 * <p>The batch is a number here, so give inputs a batch of 1 to learn the cost of one image.
 * Multiply-accumulates are those of convolutions and products of matrices; what is done once for
 * each value (norms, activations, sums) is not counted. Threading: belongs to one thread.
 */
public final class CostOps implements Ops<List<Long>> {

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private long multiplyAccumulates;
  private long largest;

  /** The parameters that the network asked for, by name, in the order in which it did. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Number of values in all parameters. */
  public long parameterCount() {
    return parameters.values().stream().mapToLong(parameter -> count(parameter.shape())).sum();
  }

  /** Multiply-accumulates of the whole batch. */
  public long multiplyAccumulates() {
    return multiplyAccumulates;
  }

  /** Values in the largest result of an operation. */
  public long largest() {
    return largest;
  }

  @Override
  public List<Long> parameter(Parameter parameter) {
    use(parameter);
    return parameter.shape();
  }

  @Override
  public List<Long> add(List<Long> a, List<Long> b) {
    return made(Shapes.broadcast(a, b));
  }

  @Override
  public List<Long> multiply(List<Long> a, List<Long> b) {
    return made(Shapes.broadcast(a, b));
  }

  @Override
  public List<Long> scale(List<Long> x, float factor) {
    return x;
  }

  @Override
  public List<Long> shift(List<Long> x, float offset) {
    return x;
  }

  @Override
  public List<Long> matmul(List<Long> a, List<Long> b) {
    List<Long> product = made(Shapes.product(a, b));
    multiplyAccumulates += count(product) * last(a);
    return product;
  }

  @Override
  public List<Long> linear(List<Long> x, Parameter weight, Parameter bias) {
    use(weight, bias);
    long out = weight.shape().get(0);
    multiplyAccumulates += count(x) * out;
    return made(Shapes.with(x, x.size() - 1, out));
  }

  @Override
  public List<Long> conv2d(
      List<Long> x, Parameter weight, Parameter bias, int stride, int padding) {
    use(weight, bias);
    List<Long> kernel = weight.shape();
    long height = (x.get(2) + 2L * padding - kernel.get(2)) / stride + 1;
    long width = (x.get(3) + 2L * padding - kernel.get(3)) / stride + 1;
    multiplyAccumulates += x.get(0) * height * width * count(kernel);
    return made(List.of(x.get(0), kernel.get(0), height, width));
  }

  @Override
  public List<Long> groupNorm(
      List<Long> x, int groups, float epsilon, Parameter gain, Parameter bias) {
    use(gain, bias);
    return x;
  }

  @Override
  public List<Long> layerNorm(List<Long> x, Parameter gain, Parameter bias) {
    use(gain, bias);
    return x;
  }

  @Override
  public List<Long> silu(List<Long> x) {
    return x;
  }

  @Override
  public List<Long> gelu(List<Long> x) {
    return x;
  }

  @Override
  public List<Long> softmax(List<Long> x) {
    return x;
  }

  @Override
  public List<Long> logSoftmax(List<Long> x) {
    return x;
  }

  @Override
  public List<Long> reshape(List<Long> x, long... shape) {
    long known = 1;
    for (long length : shape) {
      known *= length < 0 ? 1 : length;
    }
    List<Long> result = new ArrayList<>();
    for (long length : shape) {
      result.add(length < 0 ? count(x) / known : length);
    }
    return List.copyOf(result);
  }

  @Override
  public List<Long> transpose(List<Long> x, int... axes) {
    List<Long> result = new ArrayList<>();
    for (int axis : axes) {
      result.add(x.get(axis));
    }
    return List.copyOf(result);
  }

  @Override
  public List<Long> pixelShuffle(List<Long> x, int factor) {
    return List.of(
        x.get(0), x.get(1) / ((long) factor * factor), x.get(2) * factor, x.get(3) * factor);
  }

  @Override
  public List<Long> zeroPad(List<Long> x, int top, int bottom, int left, int right) {
    return made(List.of(x.get(0), x.get(1), x.get(2) + top + bottom, x.get(3) + left + right));
  }

  @Override
  public List<Long> enlarge(List<Long> x, int factor) {
    return made(List.of(x.get(0), x.get(1), x.get(2) * factor, x.get(3) * factor));
  }

  @Override
  public List<Long> embed(List<Long> indices, Parameter table) {
    use(table);
    List<Long> result = new ArrayList<>(indices);
    result.add(table.shape().get(1));
    return made(List.copyOf(result));
  }

  @Override
  public List<Long> concat(int axis, List<Long> a, List<Long> b) {
    int at = Shapes.axis(a, axis);
    return made(Shapes.with(a, at, a.get(at) + b.get(at)));
  }

  @Override
  public List<Long> mean(List<Long> x, int axis) {
    return made(Shapes.without(x, Shapes.axis(x, axis)));
  }

  @Override
  public List<Long> slice(List<Long> x, int axis, int from, int to) {
    return made(Shapes.with(x, Shapes.axis(x, axis), to - from));
  }

  @Override
  public List<Long> paddingMask(List<Long> ids) {
    return made(List.of(ids.get(0), 1L, 1L, ids.get(1)));
  }

  @Override
  public List<Long> causalMask(int length) {
    return made(List.of(1L, 1L, (long) length, (long) length));
  }

  @Override
  public List<Long> earlierMask(List<Long> positions, int length) {
    return made(List.of(positions.get(0), 1L, 1L, (long) length));
  }

  @Override
  public List<Long> rowAt(List<Long> x, List<Long> positions) {
    return made(Shapes.without(x, 1));
  }

  @Override
  public List<Long> nearestCode(List<Long> z, Parameter codebook) {
    use(codebook);
    long codes = codebook.shape().get(0);
    multiplyAccumulates += count(z) * codes;
    made(Shapes.with(z, z.size() - 1, codes));
    return Shapes.without(z, z.size() - 1);
  }

  @Override
  public List<Long> meanSquare(List<Long> x) {
    return List.of(x.get(0));
  }

  private void use(Parameter... used) {
    for (Parameter parameter : used) {
      parameters.put(parameter.name(), parameter);
    }
  }

  private List<Long> made(List<Long> shape) {
    largest = Math.max(largest, count(shape));
    return shape;
  }

  private static long last(List<Long> shape) {
    return shape.get(shape.size() - 1);
  }

  private static long count(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
