package io.lgvq.operators.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The values of {@code lgvq.engine}: on what hardware, and by which library, graphs run. */
public enum EngineKind {
  /** ONNX Runtime on any CPU. */
  ONNXRUNTIME,
  /** ONNX Runtime on an NVIDIA GPU. Not run on a GPU yet. */
  CUDA,
  /** ONNX Runtime with TensorRT on an NVIDIA GPU, CUDA for what TensorRT leaves. Not run yet. */
  TENSORRT;

  /** The name as it stands in configuration, for instance {@code onnxruntime}. */
  public String property() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it needs an NVIDIA GPU. */
  public boolean gpu() {
    return this != ONNXRUNTIME;
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException if there is no such engine; the message lists those there are
   */
  public static EngineKind of(String property) {
    return Arrays.stream(values())
        .filter(kind -> kind.property().equals(property.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no engine '%s'; lgvq.engine is one of %s."
                        .formatted(
                            property,
                            Arrays.stream(values())
                                .map(EngineKind::property)
                                .collect(Collectors.joining(", ")))));
  }
}
