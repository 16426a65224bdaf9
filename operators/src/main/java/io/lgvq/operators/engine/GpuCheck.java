package io.lgvq.operators.engine;

import ai.djl.util.cuda.CudaUtils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;

/**
 * Says in a sentence why a GPU engine cannot run here. GPUs are counted before anything of CUDA is
 * touched, for ONNX Runtime's own complaints come late and name libraries, not remedies.
 */
final class GpuCheck {

  private GpuCheck() {}

  /**
   * @throws EngineUnavailableException if a GPU engine lacks the GPU or the library
   */
  static void require(EngineSettings settings) {
    require(settings, CudaUtils.getGpuCount());
  }

  static void require(EngineSettings settings, int gpus) {
    EngineKind kind = settings.kind();
    if (!kind.gpu()) {
      return;
    }
    if (gpus == 0) {
      throw new EngineUnavailableException(
          "lgvq.engine=%s needs an NVIDIA GPU with its driver and the CUDA 12 runtime library, and none was found on this machine; use lgvq.engine=onnxruntime to run on the CPU."
              .formatted(kind.property()));
    }
    if (settings.device() >= gpus) {
      throw new EngineUnavailableException(
          "lgvq.engine=%s was told to use GPU %d, and this machine has %d, counted from 0."
              .formatted(kind.property(), settings.device(), gpus));
    }
    OrtProvider provider = kind == EngineKind.CUDA ? OrtProvider.CUDA : OrtProvider.TENSOR_RT;
    if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
      throw new EngineUnavailableException(
          "lgvq.engine=%s needs com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime on the class path (build with -Pgpu)."
              .formatted(kind.property()));
    }
  }
}
