package io.lgvq.operators.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.lgvq.operators.bundle.BundleException;
import java.io.IOException;
import java.util.Map;

/**
 * Loads ONNX graphs with DJL's ONNX Runtime engine.
 *
 * <p>DJL is always asked for that engine by name and kept from looking at the network, at a second
 * engine and at GPUs that nobody asked for. Of the GPU kinds nothing has been run by the authors
 * yet.
 *
 * <p>Threading: immutable. It holds nothing; networks belong to whoever loads them.
 */
public final class OnnxEngine {

  private static final String DJL_ENGINE = "OnnxRuntime";

  static {
    setUnlessSet("ai.djl.offline", "true"); // else DJL reports its start to the network
    setUnlessSet("ai.djl.onnx.disable_alternative", "true"); // else it loads PyTorch if it can
  }

  private final EngineSettings settings;
  private final int batch;

  private OnnxEngine(EngineSettings settings, int batch) {
    this.settings = settings;
    this.batch = batch;
  }

  /**
   * Makes sure that the engine can run here.
   *
   * @param batch most rows of one call, which TensorRT builds for; larger batches are split
   * @throws EngineUnavailableException if a GPU or a library is missing
   */
  public static OnnxEngine open(EngineSettings settings, int batch) {
    GpuCheck.require(settings);
    return new OnnxEngine(settings, batch);
  }

  /** On what graphs run. */
  public EngineKind kind() {
    return settings.kind();
  }

  /** Most rows of one call. */
  public int batch() {
    return batch;
  }

  /**
   * Loads a graph.
   *
   * @param name for messages
   * @param onnx the graph's bytes
   * @throws BundleException if ONNX Runtime cannot load it, or its inputs are not the binding's
   */
  public <I, O> Network<I, O> load(String name, byte[] onnx, Binding<I, O> binding) {
    Device device = settings.kind().gpu() ? Device.gpu(settings.device()) : Device.cpu();
    Model model = Model.newInstance(name, device, DJL_ENGINE);
    SessionOptions options = new SessionOptions();
    Network<I, O> network =
        new Network<>(name + " on " + settings.kind().property(), model, options, binding);
    try {
      configure(options, binding);
      GraphLoading.standard().load(model, name, onnx, Map.of("sessionOptions", options));
      return network;
    } catch (IOException | MalformedModelException | OrtException e) {
      network.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BundleException(
          "Graph %s cannot be loaded on %s: %s."
              .formatted(name, settings.kind().property(), cause.getMessage()),
          e);
    }
  }

  private void configure(SessionOptions options, Binding<?, ?> binding) throws OrtException {
    options.setIntraOpNumThreads(settings.threads());
    options.setInterOpNumThreads(1);
    // Threads that spin for work halve the throughput of everybody else on a shared machine.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    if (settings.kind() == EngineKind.TENSORRT) {
      try (var tensorRt = new OrtTensorRTProviderOptions(settings.device())) {
        for (var option : TensorRtOptions.of(settings, binding.inputs(), batch).entrySet()) {
          tensorRt.add(option.getKey(), option.getValue());
        }
        options.addTensorrt(tensorRt);
      } // DJL adds CUDA behind it, as it does for every GPU device
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
