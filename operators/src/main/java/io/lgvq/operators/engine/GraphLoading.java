package io.lgvq.operators.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Hands a graph's bytes to DJL, which copies a stream twice in memory: a large graph goes through a
 * file, which the runtime reads by itself and which is gone afterwards. Immutable.
 *
 * @param streamed most bytes of a graph that takes no file
 * @param temporary folder of such files
 */
record GraphLoading(int streamed, Path temporary) {

  private static final int STREAMED = 32 << 20;

  static GraphLoading standard() {
    return new GraphLoading(STREAMED, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Loads a graph.
   *
   * @param name of the graph; engines that keep compiled graphs know them by it
   */
  void load(Model model, String name, byte[] onnx, Map<String, ?> options)
      throws IOException, MalformedModelException {
    if (onnx.length <= streamed) {
      model.load(new ByteArrayInputStream(onnx), options);
      return;
    }
    Path folder = Files.createTempDirectory(temporary, "lgvq-graph");
    Path file = folder.resolve(name + ".onnx");
    try {
      Files.write(file, onnx);
      model.load(folder, name, options);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
