package io.lgvq.training.perception;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * MobileNetV2 (Sandler et al., CVPR 2018), frozen, as an eye that was trained on photographs and
 * drawings: of width 1.4, with batch normalisation folded in, from the weights that npm's {@code
 * nsfwjs} carries (MIT). Differentiable with respect to its input.
 *
 * <p>Threading: one thread. Owns its weights until {@link #close()}.
 */
public final class MobileNet implements AutoCloseable {

  /** Length of {@link #embedding}. */
  public static final int EMBEDDING = 1792;

  private static final String PREFIX = "/MobilenetV2/";
  private static final String BLOCK = "expanded_conv";
  private static final int[] STRIDES = {1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1};

  /** Last blocks of side lengths H / 2, H / 4, H / 8 and H / 16. */
  private static final List<Integer> STAGES = List.of(0, 2, 5, 12);

  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, NDArray> weights = new TreeMap<>();

  private MobileNet(Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> weights.put(name, array(name, tensor)));
  }

  /**
   * Loads the network.
   *
   * @param folder with {@code model.min.js} and the scripts that hold the weights
   * @throws IOException if it is not that network
   */
  public static MobileNet load(Path folder) throws IOException {
    Map<String, Tensor> tensors = TfjsWeights.read(folder, PREFIX);
    for (String name : List.of("Conv/Conv2D", "Conv_1/Conv2D", BLOCK + "_16/project/Conv2D")) {
      if (!tensors.containsKey(name + "_weights") || !tensors.containsKey(name + "_bn_offset")) {
        throw new IOException(folder + " holds no MobileNetV2: " + name + " is missing");
      }
    }
    return new MobileNet(tensors);
  }

  /**
   * What the network makes of pictures on four levels, from edges to parts of things.
   *
   * @param pixels [B, 3, H, W] in -1 .. 1, H and W divisible by 16
   * @return [B, C, H / f, W / f] for f = 2, 4, 8, 16
   */
  public List<NDArray> stages(NDArray pixels) {
    List<NDArray> stages = new ArrayList<>();
    NDArray x = relu6(convolve(pixels, "Conv/Conv2D", 2, 1));
    for (int block = 0; block <= STAGES.get(STAGES.size() - 1); block++) {
      x = block(x, block);
      if (STAGES.contains(block)) {
        stages.add(x);
      }
    }
    return stages;
  }

  /** What a picture shows as a whole: [B, 3, H, W] in -1 .. 1 to [B, {@link #EMBEDDING}]. */
  public NDArray embedding(NDArray pixels) {
    NDArray x = relu6(convolve(pixels, "Conv/Conv2D", 2, 1));
    for (int block = 0; block < STRIDES.length; block++) {
      x = block(x, block);
    }
    NDArray last = relu6(convolve(x, "Conv_1/Conv2D", 1, 1));
    return last.reshape(-1, EMBEDDING, last.getShape().slice(2).size()).mean(new int[] {2});
  }

  private NDArray block(NDArray x, int number) {
    String name = BLOCK + (number == 0 ? "" : "_" + number);
    NDArray wide = number == 0 ? x : relu6(convolve(x, name + "/expand/Conv2D", 1, 1));
    int channels = (int) wide.getShape().get(1);
    NDArray mixed = relu6(convolve(wide, name + "/depthwise/depthwise", STRIDES[number], channels));
    NDArray narrow = convolve(mixed, name + "/project/Conv2D", 1, 1);
    return narrow.getShape().equals(x.getShape()) ? narrow.add(x) : narrow;
  }

  /**
   * Convolution with TensorFlow's padding "same": zeros before and after, one more after where
   * their number is odd. The engine's own padding costs nothing, but has as many on both sides.
   */
  private NDArray convolve(NDArray x, String name, int stride, int groups) {
    NDArray weight = weights.get(name + "_weights");
    int kernel = (int) weight.getShape().get(2);
    Shape even = new Shape(zeros(x, 2, kernel, stride) / 2, zeros(x, 3, kernel, stride) / 2);
    NDArray odd = oneMore(oneMore(x, 2, kernel, stride), 3, kernel, stride);
    return Conv2d.conv2d(
            odd,
            weight,
            weights.get(name + "_bn_offset"),
            new Shape(stride, stride),
            even,
            new Shape(1, 1),
            groups)
        .singletonOrThrow();
  }

  private static long zeros(NDArray x, int axis, int kernel, int stride) {
    long length = x.getShape().get(axis);
    long outputs = (length + stride - 1) / stride;
    return Math.max(0, (outputs - 1) * stride + kernel - length);
  }

  private static NDArray oneMore(NDArray x, int axis, int kernel, int stride) {
    return zeros(x, axis, kernel, stride) % 2 == 0 ? x : x.concat(zeros(x, axis, 1), axis);
  }

  private static NDArray zeros(NDArray x, int axis, long count) {
    long[] shape = x.getShape().getShape().clone();
    shape[axis] = count;
    return x.getManager().zeros(new Shape(shape));
  }

  /** min(max(x, 0), 6), without numbers that the recorded graph would have to remember. */
  private static NDArray relu6(NDArray x) {
    return Activation.relu(x).sub(Activation.relu(x.sub(6)));
  }

  /** TensorFlow's [kh, kw, in, out] to [out, in, kh, kw]; depthwise [kh, kw, C, 1] likewise. */
  private NDArray array(String name, Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    NDArray array = manager.create(tensor.values(), new Shape(shape));
    if (shape.length != 4) {
      return array;
    }
    return name.contains("depthwise")
        ? array.transpose(2, 3, 0, 1).duplicate()
        : array.transpose(3, 2, 0, 1).duplicate();
  }

  @Override
  public void close() {
    manager.close();
  }
}
