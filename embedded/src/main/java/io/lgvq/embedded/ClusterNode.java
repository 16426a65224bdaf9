package io.lgvq.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * One node of an {@link EmbeddedCluster}, in a process of its own, so that it can be killed.
 *
 * <p>Says {@value #READY} on standard output when it serves, and ends without ado when its standard
 * input does: nobody outlives the process that started it.
 */
final class ClusterNode {

  static final String READY = "ready";

  private ClusterNode() {}

  /** Arguments: the file of the broker's properties, and the cluster's id. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> properties = read(Path.of(arguments[0]));
    LogDirectory.format(
        Path.of(properties.get("log.dirs")),
        arguments[1],
        Integer.parseInt(properties.get("node.id")));
    var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    System.out.println(READY);
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  private static Map<String, String> read(Path file) throws IOException {
    var loaded = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      loaded.load(reader);
    }
    Map<String, String> properties = new HashMap<>();
    loaded.forEach((name, value) -> properties.put(name.toString(), value.toString()));
    return properties;
  }
}
