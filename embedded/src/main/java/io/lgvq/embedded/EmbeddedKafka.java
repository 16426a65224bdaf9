package io.lgvq.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

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
      LogDirectory.format(directory, Uuid.randomUuid().toString(), 1);
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

  private static Map<String, String> properties(Path directory, int clients, int controller) {
    Map<String, String> properties = BrokerProperties.small(1, directory, 1, 1);
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.put(
        "listeners",
        "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(clients, controller));
    properties.put("advertised.listeners", "CLIENTS://127.0.0.1:" + clients);
    properties.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "CLIENTS");
    return properties;
  }
}
