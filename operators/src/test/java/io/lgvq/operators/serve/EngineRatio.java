package io.lgvq.operators.serve;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.lgvq.operators.TestBundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenizer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Prints how much longer the tokenizer takes than a bare ONNX Runtime session on the same batch,
 * both on one thread, turn about in one run. The bare session is spared normalising: its buffer is
 * filled once.
 */
public final class EngineRatio {

  private static final int ROUNDS = 60;

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private EngineRatio() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    BundleOperators operators = TestBundle.operators();
    var image = operators.bundle().manifest().image();
    try (Tokenizer tokenizer = operators.tokenizer();
        var options = new OrtSession.SessionOptions()) {
      // After the tokenizer: DJL insists on being the first to ask for the environment.
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      options.setIntraOpNumThreads(1);
      try (var session =
          environment.createSession(operators.bundle().graph(Graph.ENCODER), options)) {
        for (int batch : new int[] {1, 8, 32}) {
          List<Pixels> pictures = TestBundle.pictures(batch, 5);
          long[] shape = {batch, 3, image.height(), image.width()};
          FloatBuffer buffer =
              ByteBuffer.allocateDirect(4 * batch * 3 * image.height() * image.width())
                  .order(ByteOrder.nativeOrder())
                  .asFloatBuffer();
          double[] ratios = new double[ROUNDS];
          double[] bare = new double[ROUNDS];
          for (int round = -10; round < ROUNDS; round++) {
            long begin = CLOCK.getCurrentThreadCpuTime();
            try (var input = OnnxTensor.createTensor(environment, buffer, shape);
                var output = session.run(Map.of("pixels", input))) {
              output.get(0).getValue();
            }
            long middle = CLOCK.getCurrentThreadCpuTime();
            tokenizer.apply(pictures);
            long end = CLOCK.getCurrentThreadCpuTime();
            if (round >= 0) {
              ratios[round] = (double) (end - middle) / (middle - begin);
              bare[round] = (middle - begin) / 1e6;
            }
          }
          Arrays.sort(ratios);
          Arrays.sort(bare);
          System.out.printf(
              "batch %2d: bare %.2f ms, tokenizer / bare: median %.2f (quartiles %.2f, %.2f)%n",
              batch,
              bare[ROUNDS / 2],
              ratios[ROUNDS / 2],
              ratios[ROUNDS / 4],
              ratios[3 * ROUNDS / 4]);
        }
      }
    }
  }
}
