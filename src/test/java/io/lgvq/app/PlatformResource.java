package io.lgvq.app;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A real broker and a real registry of its own for the application under test, and the bundle that
 * the project ships.
 */
public class PlatformResource implements QuarkusTestResourceLifecycleManager {
  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));

  private static volatile PlatformResource current;

  private EmbeddedKafka broker;
  private EmbeddedRegistry registry;
  private boolean brokerGone;

  /** The platform of the application that runs at the moment. */
  public static PlatformResource current() {
    return current;
  }

  /** The bundle that tests run. */
  public static Path bundle() {
    return ROOT.resolve("bundles/lgvq-small");
  }

  @Override
  public Map<String, String> start() {
    try {
      Path data = Files.createTempDirectory("lgvq-app-test-");
      registry =
          EmbeddedRegistry.launch(
              Path.of(System.getProperty("test.registry.home")), data.resolve("registry.log"), 0);
      broker = EmbeddedKafka.start(data.resolve("kafka"));
      registry.awaitReady();
      current = this;
      return Map.ofEntries(
          Map.entry("kafka.bootstrap.servers", broker.bootstrapServers()),
          Map.entry("schema.registry.url", registry.url()),
          Map.entry("schema.registry.max.retries", "0"),
          Map.entry("kafka.metadata.max.age.ms", "1000"),
          Map.entry("lgvq.bundle", bundle().toString()),
          Map.entry("lgvq.topics.create", "true"),
          Map.entry("lgvq.topics.partitions", "2"),
          Map.entry("lgvq.image.max-bytes", "1000000"),
          Map.entry("lgvq.streams.commit-interval", "100ms"),
          Map.entry("lgvq.streams.state-dir", data.resolve("state").toString()),
          Map.entry("lgvq.shutdown-grace", "3s"),
          Map.entry("lgvq.rest.answer-wait", "20s"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public EmbeddedRegistry registry() {
    return registry;
  }

  /** Takes the broker away for good. */
  public void closeBroker() {
    broker.close();
    brokerGone = true;
  }

  @Override
  public void stop() {
    registry.close();
    if (!brokerGone) {
      broker.close();
    }
  }
}
