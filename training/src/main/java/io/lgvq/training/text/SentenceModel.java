package io.lgvq.training.text;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a BERT-like ONNX graph: [B, L] ids and mask to [B, L, D] hidden states, which are pooled to
 * the sentence's feature. Padding has no part in it. Safe for several threads.
 */
final class SentenceModel implements AutoCloseable {

  static {
    // DJL must make the process's one environment, or it could not serve in this process any more.
    Engine.getEngine("OnnxRuntime");
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final int dimension;
  private final Pooling pooling;

  /**
   * @param threads inside one call
   */
  SentenceModel(byte[] onnx, int dimension, Pooling pooling, int threads) {
    this.dimension = dimension;
    this.pooling = pooling;
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      this.session = environment.createSession(onnx, options);
    } catch (OrtException e) {
      throw new IllegalArgumentException("The text encoder's graph cannot be loaded.", e);
    }
  }

  /** Features of one batch, in its order. */
  float[][] features(List<Encoding> batch) {
    int length = batch.stream().mapToInt(encoding -> encoding.getIds().length).max().orElseThrow();
    long[] shape = {batch.size(), length};
    LongBuffer ids = LongBuffer.allocate(batch.size() * length);
    LongBuffer mask = LongBuffer.allocate(batch.size() * length);
    for (int row = 0; row < batch.size(); row++) {
      ids.put(row * length, batch.get(row).getIds());
      mask.put(row * length, batch.get(row).getAttentionMask());
    }
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put("input_ids", OnnxTensor.createTensor(environment, ids, shape));
      inputs.put("attention_mask", OnnxTensor.createTensor(environment, mask, shape));
      LongBuffer types = LongBuffer.allocate(batch.size() * length);
      inputs.put("token_type_ids", OnnxTensor.createTensor(environment, types, shape));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return pooled(((OnnxTensor) result.get(0)).getFloatBuffer(), mask, batch.size(), length);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("The text encoder failed.", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private float[][] pooled(FloatBuffer hidden, LongBuffer mask, int rows, int length) {
    float[][] features = new float[rows][dimension];
    float[] state = new float[dimension];
    for (int row = 0; row < rows; row++) {
      double[] sum = new double[dimension];
      for (int place = 0; place < length; place++) {
        boolean counts = pooling == Pooling.MEAN || place == 0;
        if (counts && mask.get(row * length + place) != 0) {
          hidden.get((row * length + place) * dimension, state);
          for (int i = 0; i < dimension; i++) {
            sum[i] += state[i];
          }
        }
      }
      normalise(sum, features[row]);
    }
    return features;
  }

  /** The mean's length cancels out, so the sum serves. */
  private static void normalise(double[] sum, float[] feature) {
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < sum.length; i++) {
      feature[i] = (float) (sum[i] / length);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The text encoder cannot be closed.", e);
    }
  }
}
