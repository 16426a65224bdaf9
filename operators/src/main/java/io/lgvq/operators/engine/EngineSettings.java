package io.lgvq.operators.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How graphs are run.
 *
 * @param kind on what
 * @param threads CPU threads within one call; 1 where several callers share the machine, for
 *     throughput comes from the callers then
 * @param device number of the GPU, from 0; means nothing on a CPU
 * @param halfPrecision whether TensorRT may compute in fp16; codes may differ from fp32's then
 * @param engineCache folder where TensorRT keeps the engines that it built, for they take minutes
 */
public record EngineSettings(
    EngineKind kind, int threads, int device, boolean halfPrecision, Optional<Path> engineCache) {

  /** Checks the ranges. */
  public EngineSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("engine threads must be 1 at least but are " + threads);
    }
    if (device < 0) {
      throw new IllegalArgumentException("engine device must not be negative but is " + device);
    }
  }

  /** ONNX Runtime on the CPU, one thread a call. */
  public static EngineSettings cpu() {
    return of(EngineKind.ONNXRUNTIME);
  }

  /** An engine of this kind with one thread a call, GPU 0, full precision and no cache. */
  public static EngineSettings of(EngineKind kind) {
    return new EngineSettings(kind, 1, 0, false, Optional.empty());
  }
}
