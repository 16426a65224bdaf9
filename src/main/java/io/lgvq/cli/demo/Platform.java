package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Everything that the demo stands on: a broker in this process, a registry and the application as
 * child processes. All three start at once, for each waits patiently for the others.
 *
 * <p>Ownership: closing stops all three and removes the broker's data; an end of this JVM by a
 * signal does the same. Threading: {@link #close} may be called by any thread, and again.
 */
final class Platform implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path data;
  private final EmbeddedKafka broker;
  private final EmbeddedRegistry registry;
  private final Application application;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Platform(
      Path data, EmbeddedKafka broker, EmbeddedRegistry registry, Application application) {
    this.data = data;
    this.broker = broker;
    this.registry = registry;
    this.application = application;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "demo-stop"));
  }

  /**
   * Starts everything and returns when the application is ready.
   *
   * @param layout where things lie
   * @param httpPort for REST, or 0 for a free one
   * @param screen hears of each step
   */
  static Platform start(Layout layout, int httpPort, Screen screen) {
    Path data = temporary();
    int brokerPort = FreePort.find();
    EmbeddedRegistry registry =
        EmbeddedRegistry.launch(layout.registryHome(), layout.log("registry"), 0);
    Application application =
        Application.start(
            layout.application(),
            properties(layout, data, "127.0.0.1:" + brokerPort, registry.url()),
            layout.log("application"),
            httpPort == 0 ? FreePort.find() : httpPort);
    try {
      EmbeddedKafka broker = EmbeddedKafka.start(data.resolve("kafka"), brokerPort, Map.of());
      screen.step("broker", "a real Kafka in this process, " + broker.bootstrapServers());
      registry.awaitReady();
      screen.step("registry", "a real Schema Registry, process %d".formatted(registry.pid()));
      application.awaitReady(PATIENCE);
      screen.step(
          "application",
          "all stages, process %d, %s".formatted(application.pid(), application.url()));
      return new Platform(data, broker, registry, application);
    } catch (RuntimeException e) {
      application.close();
      registry.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  String registryUrl() {
    return registry.url();
  }

  Application application() {
    return application;
  }

  /** Resident memory of all processes, by name. */
  Map<String, Long> residentBytes() {
    Map<String, Long> bytes = new TreeMap<>();
    bytes.put("broker and command line", Memory.residentBytes(ProcessHandle.current().pid()));
    bytes.put("registry", Memory.residentBytes(registry.pid()));
    bytes.put("application", Memory.residentBytes(application.pid()));
    return bytes;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      application.close();
      registry.close();
      broker.close();
      delete(data);
    }
  }

  private static Map<String, String> properties(
      Layout layout, Path data, String bootstrapServers, String registryUrl) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("kafka.bootstrap.servers", bootstrapServers);
    properties.put("schema.registry.url", registryUrl);
    properties.put("lgvq.bundle", layout.bundle().toString());
    properties.put("lgvq.topics.create", "true");
    properties.put("lgvq.topics.partitions", "2");
    properties.put("lgvq.topics.replication-factor", "1");
    properties.put("lgvq.streams.commit-interval", "200ms");
    properties.put("lgvq.streams.state-dir", data.resolve("state").toString());
    // The application is up before the broker; look again soon instead of backing off.
    properties.put("kafka.reconnect.backoff.ms", "50");
    properties.put("kafka.reconnect.backoff.max.ms", "250");
    return properties;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("lgvq-demo-");
    } catch (IOException e) {
      throw new Failure("No temporary folder could be made for the broker.", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A file that the broker still writes: the system's own cleaning of temporary files gets it.
    }
  }
}
