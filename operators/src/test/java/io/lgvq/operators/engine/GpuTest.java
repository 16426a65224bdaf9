package io.lgvq.operators.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.util.cuda.CudaUtils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.lgvq.operators.TestBundle;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs only where there is a GPU and the build is {@code -Pgpu}; nowhere yet. */
class GpuTest {

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void shouldGiveNearlyTheCodesOfCpu(EngineKind kind) {
    assumeTrue(CudaUtils.getGpuCount() > 0, "this machine has no NVIDIA GPU");
    assumeTrue(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "built without -Pgpu, so ONNX Runtime knows no GPU");
    Bundle bundle = Bundle.open(TestBundle.folder());
    List<Pixels> pictures = TestBundle.pictures(32, 3);

    try (var cpu = BundleOperators.of(bundle, EngineSettings.cpu()).tokenizer();
        var gpu = BundleOperators.of(bundle, EngineSettings.of(kind)).tokenizer()) {
      List<Tokenized> expected = cpu.apply(pictures);
      List<Tokenized> found = gpu.apply(pictures);
      int same = 0;
      int all = 0;
      for (int i = 0; i < pictures.size(); i++) {
        // Near ties may flip, so the distance to the codes is compared, and most of the codes.
        assertThat(found.get(i).quantizationError())
            .isBetween(
                0.98f * expected.get(i).quantizationError(),
                1.02f * expected.get(i).quantizationError());
        for (int at = 0; at < expected.get(i).grid().codes().length; at++, all++) {
          same += expected.get(i).grid().codes()[at] == found.get(i).grid().codes()[at] ? 1 : 0;
        }
      }
      assertThat(same).isGreaterThan(all * 98 / 100);
    }
  }
}
