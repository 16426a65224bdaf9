package io.lgvq.training.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters with their optimizer: what most learners' state consists of.
 *
 * <p>Threading: one thread. Owns all its arrays; {@link #close()} frees them.
 */
public final class Optimized implements AutoCloseable {

  /** Begins the names of parameters in a checkpoint. */
  public static final String PARAMETER = "parameter.";

  private final NDManager manager;
  private final ParameterStore parameters;
  private final AdamW optimizer;

  /**
   * @param seed of the parameters' first values
   */
  public Optimized(long seed, AdamW.Settings settings) {
    manager = NDManager.newBaseManager();
    parameters = new ParameterStore(manager, seed);
    optimizer = new AdamW(parameters, manager, settings);
  }

  /** The parameters. */
  public ParameterStore parameters() {
    return parameters;
  }

  /** A manager for one step, to be closed after it. */
  public NDManager scope() {
    return manager.newSubManager();
  }

  /** See {@link AdamW#step}. */
  public float step(float learningRate) {
    return optimizer.step(learningRate);
  }

  /** Native arrays that are alive: parameters, moments, and those of scopes that are not closed. */
  public int alive() {
    return manager.getManagedArrays().size();
  }

  /** Lets go of gradients that came from somebody else's loss; nothing moves. */
  public void forget() {
    for (NDArray parameter : parameters.trained().values()) {
      try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) parameter)) {
        if (gradient != null) {
          JniUtils.zeroGrad((PtNDArray) parameter);
        }
      }
    }
  }

  /** Parameters and moments, for a checkpoint. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>(optimizer.state());
    parameters.tensors().forEach((name, tensor) -> state.put(PARAMETER + name, tensor));
    return state;
  }

  /** As {@link #state()}, for a checkpoint that holds others' as well. */
  public Map<String, Tensor> state(String prefix) {
    Map<String, Tensor> state = new TreeMap<>();
    state().forEach((name, tensor) -> state.put(prefix + name, tensor));
    return state;
  }

  /** Takes over what {@link #state(String)} gave; other entries are ignored. */
  public void restore(String prefix, Map<String, Tensor> state) {
    restore(behind(prefix, state));
  }

  /** Goes on from a checkpoint; entries of others are ignored. */
  public void restore(Map<String, Tensor> state) {
    parameters.load(parameters(state));
    optimizer.restore(state);
  }

  /** The parameters in a checkpoint, by their own names. */
  public static Map<String, Tensor> parameters(Map<String, Tensor> state) {
    return behind(PARAMETER, state);
  }

  /** The entries whose names begin so, by the rest of their names. */
  private static Map<String, Tensor> behind(String prefix, Map<String, Tensor> state) {
    Map<String, Tensor> found = new TreeMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }

  @Override
  public void close() {
    manager.close();
  }
}
