package io.lgvq.operators.engine;

import java.util.Locale;

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
}
