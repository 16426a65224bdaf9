package io.lgvq.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.metadata.storage.Formatter;

/** Where a node keeps its logs and its metadata. */
final class LogDirectory {

  private LogDirectory() {}

  /**
   * Makes and formats the directory, unless it has been used before.
   *
   * @param clusterId the same for all nodes of a cluster
   * @param node id of the node
   */
  static void format(Path directory, String clusterId, int node) throws Exception {
    Files.createDirectories(directory);
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try (var silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setClusterId(clusterId)
          .setNodeId(node)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(List.of(directory.toString()))
          .setHasDynamicQuorum(false)
          .setIgnoreFormatted(true)
          .setPrintStream(silent)
          .run();
    }
  }
}
