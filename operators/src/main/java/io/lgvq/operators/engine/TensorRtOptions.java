package io.lgvq.operators.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Options of ONNX Runtime's TensorRT execution provider, under the names of its documentation. The
 * profile spans batch 1 to the engine's batch, so that one engine is built and no other batch size
 * starts a second build in the middle of a stream.
 */
final class TensorRtOptions {

  private TensorRtOptions() {}

  static Map<String, String> of(EngineSettings settings, List<Port> inputs, int batch) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("trt_profile_min_shapes", profile(inputs, 1));
    options.put("trt_profile_opt_shapes", profile(inputs, batch));
    options.put("trt_profile_max_shapes", profile(inputs, batch));
    options.put("trt_fp16_enable", settings.halfPrecision() ? "1" : "0");
    settings
        .engineCache()
        .map(Path::toString)
        .ifPresent(
            folder -> {
              options.put("trt_engine_cache_enable", "1");
              options.put("trt_engine_cache_path", folder);
            });
    return options;
  }

  private static String profile(List<Port> inputs, int rows) {
    return inputs.stream()
        .map(port -> port.name() + ":" + dimensions(port, rows))
        .collect(Collectors.joining(","));
  }

  private static String dimensions(Port port, int rows) {
    StringBuilder text = new StringBuilder().append(rows);
    port.shape().forEach(size -> text.append('x').append(size));
    return text.toString();
  }
}
