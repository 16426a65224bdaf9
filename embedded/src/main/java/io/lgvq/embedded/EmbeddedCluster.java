package io.lgvq.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three real Kafka nodes on loopback, each broker and controller and each a process of its own, so
 * that one can be killed and started again on its log directory. Every partition lies on all three,
 * and a record counts as written when two have it.
 *
 * <p>Clients come in by doors. Door 0 is open to all; each further door is a listener of its own,
 * advertised at whatever port the {@link Gateway} says, so that those who use it can be cut off.
 *
 * <p>Threading: for one thread. Ownership: whoever starts it closes it; the processes also die with
 * this JVM, and the folder stays.
 */
public final class EmbeddedCluster implements AutoCloseable {

  /** How many nodes there are; their numbers are 0, 1 and 2. */
  public static final int NODES = 3;

  /** Says where the clients of a door are to find a node. */
  public interface Gateway {

    /**
     * Called once for each node and door, before the nodes start.
     *
     * @param node number of the node
     * @param door 1 or more
     * @param port where the node listens for those who come in by the door
     * @return the loopback port to tell them
     */
    int advertise(int node, int door, int port);
  }

  private final Path folder;
  private final String clusterId = Uuid.randomUuid().toString();
  private final int[][] advertised;
  private final Process[] processes = new Process[NODES];
  private final List<String> options;

  private EmbeddedCluster(Path folder, int doors, List<String> options) {
    this.folder = folder;
    this.options = options;
    this.advertised = new int[NODES][doors + 1];
  }

  /**
   * Starts all nodes and returns when they serve.
   *
   * @param folder for logs and metadata; made if absent
   * @param doors how many there are beside door 0
   * @param gateway of the doors
   * @param overrides broker properties that replace the defaults
   * @param options of the nodes' JVMs, for instance how much heap
   * @throws EmbeddedException if a node does not start
   */
  public static EmbeddedCluster start(
      Path folder,
      int doors,
      Gateway gateway,
      Map<String, String> overrides,
      List<String> options) {
    var cluster = new EmbeddedCluster(folder, doors, options);
    try {
      Files.createDirectories(folder);
      cluster.describe(gateway, overrides);
    } catch (IOException e) {
      throw new EmbeddedException("cannot write to " + folder, e);
    }
    try {
      IntStream.range(0, NODES).forEach(cluster::launch);
      IntStream.range(0, NODES).forEach(cluster::awaitReady);
      return cluster;
    } catch (EmbeddedException e) {
      cluster.close();
      throw e;
    }
  }

  /** What clients connect to that are never cut off. */
  public String bootstrapServers() {
    return bootstrapServers(0);
  }

  /** What the clients of a door connect to. */
  public String bootstrapServers(int door) {
    return Arrays.stream(advertised)
        .map(ports -> "127.0.0.1:" + ports[door])
        .collect(Collectors.joining(","));
  }

  /** The id that Kafka knows a node by. */
  public static int id(int node) {
    return node + 1;
  }

  /** SIGKILL to a node; returns when it has ended. */
  public void kill(int node) {
    try {
      processes[node].destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while a node was being killed", e);
    }
  }

  /** Starts a node that does not run, on the log directory that it had, and returns at once. */
  public void launch(int node) {
    List<String> command =
        JavaProcess.command(
            options, ClusterNode.class, List.of(properties(node).toString(), clusterId));
    processes[node] = JavaProcess.start(command, log(node));
  }

  /**
   * Returns when a node that was launched serves.
   *
   * @throws EmbeddedException if it ends before
   */
  public void awaitReady(int node) {
    try {
      BufferedReader said = processes[node].inputReader(StandardCharsets.UTF_8);
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.equals(ClusterNode.READY)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new EmbeddedException("node %d cannot be heard".formatted(node), e);
    }
    throw new EmbeddedException(
        "node %d ended while it was starting; its log is %s".formatted(node, log(node)));
  }

  /** Kills all nodes: their data is for nobody after that. */
  @Override
  public void close() {
    for (int node = 0; node < NODES; node++) {
      if (processes[node] != null) {
        kill(node);
      }
    }
  }

  private void describe(Gateway gateway, Map<String, String> overrides) throws IOException {
    int[] controllers = IntStream.range(0, NODES).map(node -> FreePort.findLasting()).toArray();
    String voters =
        IntStream.range(0, NODES)
            .mapToObj(node -> id(node) + "@127.0.0.1:" + controllers[node])
            .collect(Collectors.joining(","));
    for (int node = 0; node < NODES; node++) {
      Map<String, String> properties =
          BrokerProperties.small(id(node), folder.resolve("node-" + node), NODES, NODES - 1);
      properties.put("controller.quorum.voters", voters);
      properties.put("inter.broker.listener.name", "DOOR0");
      listen(node, controllers[node], gateway, properties);
      properties.putAll(overrides);
      var file = new Properties();
      file.putAll(properties);
      try (Writer writer = Files.newBufferedWriter(properties(node))) {
        file.store(writer, null);
      }
    }
  }

  private void listen(int node, int controller, Gateway gateway, Map<String, String> properties) {
    List<String> listeners = new ArrayList<>();
    List<String> told = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    for (int door = 0; door < advertised[node].length; door++) {
      int port = FreePort.findLasting();
      advertised[node][door] = door == 0 ? port : gateway.advertise(node, door, port);
      listeners.add("DOOR%d://127.0.0.1:%d".formatted(door, port));
      told.add("DOOR%d://127.0.0.1:%d".formatted(door, advertised[node][door]));
      protocols.add("DOOR" + door + ":PLAINTEXT");
    }
    listeners.add("CONTROLLER://127.0.0.1:" + controller);
    protocols.add("CONTROLLER:PLAINTEXT");
    properties.put("listeners", String.join(",", listeners));
    properties.put("advertised.listeners", String.join(",", told));
    properties.put("listener.security.protocol.map", String.join(",", protocols));
  }

  private Path properties(int node) {
    return folder.resolve("node-" + node + ".properties");
  }

  private Path log(int node) {
    return folder.resolve("node-" + node + ".log");
  }
}
