package io.lgvq.operators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.util.cuda.CudaUtils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.lgvq.operators.TestBundle;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void shouldSayThatGpuIsMissing(EngineKind kind) {
    assertThatThrownBy(() -> GpuCheck.require(EngineSettings.of(kind), 0))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageStartingWith("lgvq.engine=" + kind.property() + " needs an NVIDIA GPU")
        .hasMessageEndingWith("use lgvq.engine=onnxruntime to run on the CPU.");
  }

  @Test
  void shouldSayThatGpuOfThatNumberIsMissing() {
    EngineSettings third = new EngineSettings(EngineKind.CUDA, 1, 2, false, Optional.empty());

    assertThatThrownBy(() -> GpuCheck.require(third, 2))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage(
            "lgvq.engine=cuda was told to use GPU 2, and this machine has 2, counted from 0.");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void shouldSayThatGpuLibraryIsMissing(EngineKind kind) {
    OrtProvider provider = kind == EngineKind.CUDA ? OrtProvider.CUDA : OrtProvider.TENSOR_RT;
    assumeTrue(
        !OrtEnvironment.getAvailableProviders().contains(provider),
        "the class path has ONNX Runtime for GPUs, so nothing is missing");

    assertThatThrownBy(() -> GpuCheck.require(EngineSettings.of(kind), 1))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("needs com.microsoft.onnxruntime:onnxruntime_gpu");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void shouldNotOpenGpuEngineWithoutGpu(EngineKind kind) {
    assumeTrue(CudaUtils.getGpuCount() == 0, "this machine has a GPU");

    assertThatThrownBy(() -> OnnxEngine.open(EngineSettings.of(kind), 32))
        .isInstanceOf(EngineUnavailableException.class);
  }

  @Test
  void shouldNeedNoGpuForCpu() {
    assertThat(OnnxEngine.open(EngineSettings.cpu(), 32).kind()).isEqualTo(EngineKind.ONNXRUNTIME);
  }

  @Test
  void shouldBuildOneTensorRtProfileFromOneRowToBatch() {
    var settings =
        new EngineSettings(EngineKind.TENSORRT, 1, 0, true, Optional.of(Path.of("cache")));

    var options =
        TensorRtOptions.of(
            settings, List.of(Port.floats("memory", 64, 128), Port.ints("position")), 32);

    assertThat(options)
        .containsEntry("trt_profile_min_shapes", "memory:1x64x128,position:1")
        .containsEntry("trt_profile_opt_shapes", "memory:32x64x128,position:32")
        .containsEntry("trt_profile_max_shapes", "memory:32x64x128,position:32")
        .containsEntry("trt_fp16_enable", "1")
        .containsEntry("trt_engine_cache_path", "cache");
  }

  @Test
  void shouldLoadALargeGraphThroughAFileAndLeaveNoneBehind(@TempDir Path temporary)
      throws Exception {
    byte[] decoder = Bundle.open(TestBundle.folder()).graph(Graph.DECODER);
    try (Model model = Model.newInstance("decoder", Device.cpu(), "OnnxRuntime")) {
      new GraphLoading(decoder.length - 1, temporary).load(model, "decoder", decoder, Map.of());
      assertThat(model.getBlock().describeInput().keys()).containsExactly("codes");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void shouldSplitBatches() {
    List<Integer> parts = new ArrayList<>();

    List<Integer> results =
        Batches.split(
            List.of(1, 2, 3, 4, 5, 6, 7),
            3,
            part -> {
              parts.add(part.size());
              return part.stream().map(value -> 10 * value).toList();
            });

    assertThat(parts).containsExactly(3, 3, 1);
    assertThat(results).containsExactly(10, 20, 30, 40, 50, 60, 70);
  }
}
