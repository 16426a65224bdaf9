package io.lgvq.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker of one KRaft node inside this JVM, listening on loopback only.
 *
 * <p>It is Kafka's own server class on a real log directory, so transactions, compaction and
 * consumer groups behave as they do in production; only sizes are small, so that it starts in
 * seconds. A directory that has been used before is used again, data and all.
 *
 * <p>Threading: safe for use by several threads once started. Ownership: whoever starts it closes
 * it; the directory belongs to the caller and stays.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker on a free port. See {@link #start(Path, int, Map)}. */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, 0, Map.of());
  }

  /**
   * Formats the directory if it is new, starts the broker, and returns when it answers.
   *
   * @param directory for logs and metadata; made if absent
   * @param port loopback port for clients, or 0 for a free one
   * @param overrides broker properties that replace the defaults
   * @throws EmbeddedException if it cannot be formatted or started
   */
  public static EmbeddedKafka start(Path directory, int port, Map<String, String> overrides) {
    int clients = port == 0 ? FreePort.find() : port;
    Map<String, String> properties = properties(directory, clients, FreePort.find());
    properties.putAll(overrides);
    try {
      Files.createDirectories(directory);
      format(directory);
      var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      server.startup();
      var broker = new EmbeddedKafka(server, "127.0.0.1:" + clients);
      broker.awaitAnswer();
      return broker;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while the embedded broker was starting", e);
    } catch (Exception e) {
      throw new EmbeddedException("the embedded broker did not start in " + directory, e);
    }
  }

  /** What clients connect to, for instance {@code 127.0.0.1:40321}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and waits until it has. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private void awaitAnswer() throws InterruptedException, ExecutionException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.describeCluster().nodes().get();
    }
  }

  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try (var silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(List.of(directory.toString()))
          .setHasDynamicQuorum(false)
          .setIgnoreFormatted(true)
          .setPrintStream(silent)
          .run();
    } catch (IOException e) {
      throw new EmbeddedException("cannot format " + directory, e);
    }
  }

  private static Map<String, String> properties(Path directory, int clients, int controller) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("node.id", "1");
    properties.put("process.roles", "broker,controller");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clients, controller));
    properties.put("advertised.listeners", "CLIENTS://127.0.0.1:" + clients);
    properties.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "CLIENTS");
    properties.put("log.dirs", directory.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("message.max.bytes", Integer.toString(24 << 20));
    properties.put("replica.fetch.max.bytes", Integer.toString(24 << 20));
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // Kafka's default preallocates 128 MiB for the cleaner and large index files for every segment.
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("log.index.size.max.bytes", "1048576");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    return properties;
  }
}
