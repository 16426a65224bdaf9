package io.lgvq.training.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The trained arrays of one run, by name. A parameter comes to be when a network first asks for it:
 * from what was loaded, else from its {@link Initialization}.
 *
 * <p>Threading: one thread. Owns its arrays; {@link #close()} frees them.
 */
public final class ParameterStore implements AutoCloseable {

  private final NDManager manager;
  private final long seed;
  private final Map<String, NDArray> arrays = new TreeMap<>();
  private final Map<String, Tensor> loaded = new TreeMap<>();
  private final Set<String> frozen = new LinkedHashSet<>();

  /**
   * @param parent whose sub-manager will hold the arrays
   * @param seed of parameters that are not loaded
   */
  public ParameterStore(NDManager parent, long seed) {
    this.manager = parent.newSubManager();
    this.seed = seed;
  }

  /**
   * The live array of a parameter.
   *
   * @throws IllegalStateException if what was loaded under its name has another shape
   */
  public NDArray array(Parameter parameter) {
    NDArray known = arrays.get(parameter.name());
    return known == null ? create(parameter) : known;
  }

  private NDArray create(Parameter parameter) {
    Tensor given = loaded.remove(parameter.name());
    Tensor start = given == null ? Initialization.of(parameter, seed) : given;
    if (!start.shape().equals(parameter.shape())) {
      throw new IllegalStateException(
          "%s should be %s, and %s was loaded"
              .formatted(parameter.name(), parameter.shape(), start.shape()));
    }
    return put(parameter.name(), start);
  }

  private NDArray put(String name, Tensor tensor) {
    NDArray array = Tensors.toArray(manager, tensor);
    arrays.put(name, array);
    if (frozen.stream().noneMatch(name::startsWith)) {
      array.setRequiresGradient(true);
    }
    return array;
  }

  /** Parameters whose names begin so take no gradient; to be called before they are first used. */
  public void freeze(String prefix) {
    if (arrays.keySet().stream().anyMatch(name -> name.startsWith(prefix))) {
      throw new IllegalStateException(prefix + " is in use already");
    }
    frozen.add(prefix);
  }

  /** Takes over saved arrays, of parameters in use and of those that will be. */
  public void load(Map<String, Tensor> tensors) {
    tensors.forEach(
        (name, tensor) -> {
          NDArray known = arrays.get(name);
          if (known == null) {
            loaded.put(name, tensor);
          } else {
            known.set(tensor.values());
          }
        });
  }

  /** Live arrays that take gradients, by name. */
  public Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new TreeMap<>(arrays);
    trained.values().removeIf(array -> !array.hasGradient());
    return trained;
  }

  /** Values of all arrays whose names match, loaded ones that nobody has used yet included. */
  public Map<String, Tensor> tensors(Predicate<String> names) {
    Map<String, Tensor> tensors = new TreeMap<>(loaded);
    arrays.forEach((name, array) -> tensors.put(name, Tensors.toTensor(array)));
    tensors.keySet().removeIf(names.negate());
    return tensors;
  }

  /** Values of all arrays. */
  public Map<String, Tensor> tensors() {
    return tensors(name -> true);
  }

  /** Number of values in all arrays in use. */
  public long count() {
    return arrays.values().stream().map(NDArray::getShape).mapToLong(Shape::size).sum();
  }

  @Override
  public void close() {
    manager.close();
  }
}
