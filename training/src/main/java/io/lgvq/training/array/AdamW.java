package io.lgvq.training.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.lgvq.training.weights.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * AdamW (Loshchilov and Hutter, 2019) with a clip of the gradients' common norm, over all trained
 * arrays of a store. Keeps its moments in the open, so that a run can be resumed.
 *
 * <p>Threading: one thread. Owns its moments; {@link #close()} frees them.
 */
public final class AdamW implements AutoCloseable {

  private static final float EPSILON = 1e-8f;
  private static final String MEAN = "adam.mean.";
  private static final String VARIANCE = "adam.variance.";
  private static final String COUNT = "adam.count.";

  /**
   * What does not change during a run.
   *
   * @param beta1 decay of the mean
   * @param beta2 decay of the uncentred variance
   * @param weightDecay decoupled, times the learning rate, on arrays of two dimensions and more
   * @param clip largest norm of all gradients together
   */
  public record Settings(float beta1, float beta2, float weightDecay, float clip) {}

  /** Moments of one parameter. */
  private static final class Moments {
    final NDArray mean;
    final NDArray variance;
    long count;

    Moments(NDArray mean, NDArray variance, long count) {
      this.mean = mean;
      this.variance = variance;
      this.count = count;
    }
  }

  private final ParameterStore parameters;
  private final NDManager manager;
  private final Settings settings;
  private final Map<String, Moments> moments = new TreeMap<>();

  /**
   * @param parent whose sub-manager will hold the moments
   */
  public AdamW(ParameterStore parameters, NDManager parent, Settings settings) {
    this.parameters = parameters;
    this.manager = parent.newSubManager();
    this.settings = settings;
  }

  /**
   * Moves every parameter that took part in the last backward pass, and clears its gradient.
   *
   * @return norm of all gradients together, before the clip
   * @throws ArithmeticException if a gradient is not finite; nothing has moved then
   */
  public float step(float learningRate) {
    Map<String, NDArray> gradients = new TreeMap<>();
    Map<String, NDArray> trained = parameters.trained();
    try (NDManager scope = manager.newSubManager()) {
      NDArray squares = scope.create(0f);
      for (Map.Entry<String, NDArray> entry : trained.entrySet()) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) entry.getValue());
        if (gradient != null) {
          gradient.attach(scope);
          gradients.put(entry.getKey(), gradient);
          squares.addi(gradient.square().sum());
        }
      }
      float norm = (float) Math.sqrt(squares.getFloat());
      if (!Float.isFinite(norm)) {
        throw new ArithmeticException("these gradients are not finite: " + infinite(gradients));
      }
      float rescale = norm > settings.clip() ? settings.clip() / norm : 1;
      gradients.forEach(
          (name, gradient) -> move(name, trained.get(name), gradient, learningRate, rescale));
      return norm;
    }
  }

  private static List<String> infinite(Map<String, NDArray> gradients) {
    return gradients.entrySet().stream()
        .filter(entry -> !Float.isFinite(entry.getValue().norm().getFloat()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void move(
      String name, NDArray parameter, NDArray gradient, float learningRate, float rescale) {
    Moments own =
        moments.computeIfAbsent(
            name,
            key ->
                new Moments(
                    manager.zeros(parameter.getShape()), manager.zeros(parameter.getShape()), 0));
    own.count++;
    double correction =
        Math.sqrt(1 - Math.pow(settings.beta2(), own.count))
            / (1 - Math.pow(settings.beta1(), own.count));
    boolean decays = parameter.getShape().dimension() > 1;
    JniUtils.adamUpdate(
        (PtNDArray) parameter,
        (PtNDArray) gradient,
        (PtNDArray) own.mean,
        (PtNDArray) own.variance,
        learningRate,
        (float) (learningRate * correction),
        decays ? settings.weightDecay() : 0,
        rescale,
        -1,
        settings.beta1(),
        settings.beta2(),
        EPSILON,
        true);
    JniUtils.zeroGrad((PtNDArray) parameter);
  }

  /** The moments, for a checkpoint. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>();
    moments.forEach(
        (name, own) -> {
          state.put(MEAN + name, Tensors.toTensor(own.mean));
          state.put(VARIANCE + name, Tensors.toTensor(own.variance));
          state.put(COUNT + name, Tensor.of(own.count));
        });
    return state;
  }

  /** Goes on from a checkpoint; other entries are ignored. */
  public void restore(Map<String, Tensor> state) {
    state.forEach(
        (key, mean) -> {
          if (key.startsWith(MEAN)) {
            String name = key.substring(MEAN.length());
            moments.put(
                name,
                new Moments(
                    Tensors.toArray(manager, mean),
                    Tensors.toArray(manager, state.get(VARIANCE + name)),
                    (long) state.get(COUNT + name).values()[0]));
          }
        });
  }

  @Override
  public void close() {
    manager.close();
  }
}
