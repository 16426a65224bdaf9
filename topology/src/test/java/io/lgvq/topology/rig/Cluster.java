package io.lgvq.topology.rig;

import static org.awaitility.Awaitility.await;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.stage.TopicLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/**
 * One real broker and one real registry for all tests of the module, started when first asked for.
 * Tests keep out of each other's way by prefixes of their own.
 */
public final class Cluster {

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private static Cluster running;

  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final Path folder;

  private Cluster() throws IOException {
    folder = Files.createTempDirectory("lgvq-topology");
    // Hanging transactions of killed processes are looked for every 10 s by default.
    kafka =
        EmbeddedKafka.start(
            folder.resolve("kafka"),
            0,
            Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));
    registry = EmbeddedRegistry.start(folder.resolve("registry.log"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
  }

  /** The cluster, running. */
  public static synchronized Cluster get() {
    if (running == null) {
      try {
        running = new Cluster();
      } catch (IOException e) {
        throw new IllegalStateException("no temporary folder for the cluster", e);
      }
    }
    return running;
  }

  /** What Kafka's clients connect to. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** What registry clients connect to. */
  public String registryUrl() {
    return registry.url();
  }

  /** Serdes on the real registry. */
  public EventSerdes serdes() {
    return serdes(registryUrl());
  }

  /** Serdes on the registry of a URL. */
  public static EventSerdes serdes(String registryUrl) {
    Map<String, String> configuration = Map.of("schema.registry.url", registryUrl);
    return EventSerdes.avro(SchemaRegistry.connect(configuration), configuration);
  }

  /** A prefix that no other test has. */
  public String newPrefix() {
    return "test-" + PREFIXES.incrementAndGet() + ".";
  }

  /** A folder for the state of one instance. */
  public Path stateFolder(String name) {
    return folder.resolve("state").resolve(name);
  }

  /** Makes all topics of a prefix, with so many partitions each. */
  public TopicNames topics(String prefix, int partitions) {
    TopicNames names = TopicNames.withPrefix(prefix);
    List<NewTopic> topics =
        Stream.of(
                names.images(),
                names.tokens(),
                names.captions(),
                names.questions(),
                names.answers(),
                names.reconstructions(),
                names.drift(),
                names.deadLetters())
            // Timestamps of the tests are fixed, and must not be too old to be kept.
            .map(
                name ->
                    new NewTopic(name, partitions, (short) 1).configs(Map.of("retention.ms", "-1")))
            .toList();
    try (Admin admin = admin()) {
      admin.createTopics(topics).all().get();
      // The broker's answer comes before its own metadata cache knows of the topics.
      await().atMost(Duration.ofSeconds(30)).until(() -> areThere(admin, topics));
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return names;
  }

  /** Sets how large the records of a topic may be, and returns when the broker goes by it. */
  public void limitRecords(String topic, int bytes) {
    var entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin()) {
      admin.incrementalAlterConfigs(
          Map.of(resource, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  TopicLimits.ask(List.of(topic), admin).largest(List.of(topic)).orElse(0)
                      == bytes);
    }
  }

  private static boolean areThere(Admin admin, List<NewTopic> topics) {
    return admin
        .describeTopics(topics.stream().map(NewTopic::name).toList())
        .topicNameValues()
        .values()
        .stream()
        .allMatch(
            described ->
                described
                    .toCompletionStage()
                    .handle((topic, failure) -> failure == null && !topic.partitions().isEmpty())
                    .toCompletableFuture()
                    .join());
  }

  /** A client for administration. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  private void stop() {
    registry.close();
    kafka.close();
  }
}
