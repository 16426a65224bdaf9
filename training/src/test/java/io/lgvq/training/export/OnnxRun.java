package io.lgvq.training.export;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/** Runs a graph in plain ONNX Runtime: a judge that knows nothing of our code. */
public final class OnnxRun {

  static {
    // DJL must make the process's one environment, for other tests serve bundles through it.
    Engine.getEngine("OnnxRuntime");
  }

  private OnnxRun() {}

  /** An input: values with their shape. */
  public sealed interface Input {
    /** Floats. */
    record Floats(float[] values, long... shape) implements Input {}

    /** 32-bit integers. */
    record Ints(int[] values, long... shape) implements Input {}
  }

  /** All outputs, flattened; integers come back as floats. */
  public static Map<String, float[]> run(byte[] model, Map<String, Input> inputs) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try (OrtSession session = environment.createSession(model, new OrtSession.SessionOptions())) {
      for (var input : inputs.entrySet()) {
        tensors.put(input.getKey(), tensor(environment, input.getValue()));
      }
      Map<String, float[]> outputs = new HashMap<>();
      try (OrtSession.Result result = session.run(tensors)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), values((OnnxTensor) output.getValue()));
        }
      }
      return outputs;
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Input input) throws OrtException {
    if (input instanceof Input.Floats floats) {
      return OnnxTensor.createTensor(
          environment, FloatBuffer.wrap(floats.values()), floats.shape());
    }
    Input.Ints ints = (Input.Ints) input;
    return OnnxTensor.createTensor(environment, IntBuffer.wrap(ints.values()), ints.shape());
  }

  private static float[] values(OnnxTensor tensor) {
    FloatBuffer floats = tensor.getFloatBuffer();
    if (floats != null) {
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return values;
    }
    IntBuffer ints = tensor.getIntBuffer();
    float[] values = new float[ints.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ints.get(i);
    }
    return values;
  }
}
