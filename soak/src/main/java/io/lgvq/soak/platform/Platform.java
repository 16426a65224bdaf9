package io.lgvq.soak.platform;

import io.lgvq.embedded.EmbeddedCluster;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/**
 * Three brokers, a registry and the topics, with a wire from each slot to each broker and one to
 * the registry. Ownership: whoever starts it closes it.
 */
public final class Platform implements AutoCloseable {

  private static final int PARTITIONS = 3;
  private static final int RECORD_BYTES = 1 << 20;

  private final Wire[][] wires;
  private final EmbeddedCluster cluster;
  private final EmbeddedRegistry registry;
  private final Wire registryWire;
  private final TopicNames topics = TopicNames.standard();

  private Platform(
      Wire[][] wires, EmbeddedCluster cluster, EmbeddedRegistry registry, Wire registryWire) {
    this.wires = wires;
    this.cluster = cluster;
    this.registry = registry;
    this.registryWire = registryWire;
  }

  /**
   * Starts it all and returns when it serves.
   *
   * @param folder for data and logs
   * @param slots how many instances can be there at once
   */
  public static Platform start(Path folder, int slots) throws Exception {
    var wires = new Wire[slots][EmbeddedCluster.NODES];
    // A dead broker is noticed, and a dead producer's transaction ended, in seconds.
    Map<String, String> overrides =
        Map.of(
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            "1000",
            "broker.session.timeout.ms",
            "6000",
            "group.min.session.timeout.ms",
            "1000");
    var cluster =
        EmbeddedCluster.start(
            folder.resolve("kafka"),
            slots,
            (node, door, port) -> {
              wires[door - 1][node] = Wire.to(port);
              return wires[door - 1][node].port();
            },
            overrides,
            List.of("-Xmx256m"));
    var registry = EmbeddedRegistry.start(folder.resolve("registry.log"));
    var platform =
        new Platform(wires, cluster, registry, Wire.to(URI.create(registry.url()).getPort()));
    platform.makeTopics();
    return platform;
  }

  /** Where our events are. */
  public TopicNames topics() {
    return topics;
  }

  /** The topics that stages write. */
  public List<String> outputs() {
    return List.of(
        topics.tokens(),
        topics.captions(),
        topics.answers(),
        topics.reconstructions(),
        topics.deadLetters());
  }

  /** For the harness itself, which is never cut off. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** For the instance of a slot. */
  public String bootstrapServers(int slot) {
    return cluster.bootstrapServers(slot + 1);
  }

  /** Where instances find the registry. */
  public String registryUrl() {
    return "http://127.0.0.1:" + registryWire.port() + EmbeddedRegistry.CONFLUENT_PATH;
  }

  /** Serdes for the harness itself. */
  public EventSerdes serdes() {
    Map<String, String> configuration = Map.of("schema.registry.url", registry.url());
    return EventSerdes.avro(SchemaRegistry.connect(configuration), configuration);
  }

  /** A client for administration. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** The wire between instances and the registry. */
  public Wire registryWire() {
    return registryWire;
  }

  /**
   * The wires of a slot.
   *
   * @param broker the one to it, or all where it is negative
   */
  public List<Wire> wires(int slot, int broker) {
    return broker < 0 ? List.of(wires[slot]) : List.of(wires[slot][broker]);
  }

  /** SIGKILL to a broker. */
  public void killBroker(int broker) {
    cluster.kill(broker);
  }

  /** Starts a broker that was killed, and returns when it serves. */
  public void startBroker(int broker) {
    cluster.launch(broker);
    cluster.awaitReady(broker);
  }

  /** Gives every partition of our topics the next of its replicas as leader. */
  public void moveLeaders() throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      Map<String, TopicDescription> described = admin.describeTopics(names()).allTopicNames().get();
      Map<TopicPartition, Optional<NewPartitionReassignment>> turned = new HashMap<>();
      described.forEach(
          (topic, description) ->
              description
                  .partitions()
                  .forEach(
                      partition -> {
                        List<Integer> replicas = new ArrayList<>();
                        partition.replicas().forEach(node -> replicas.add(node.id()));
                        replicas.add(replicas.remove(0));
                        turned.put(
                            new TopicPartition(topic, partition.partition()),
                            Optional.of(new NewPartitionReassignment(replicas)));
                      }));
      admin.alterPartitionReassignments(turned).all().get();
      for (var elected :
          admin.electLeaders(ElectionType.PREFERRED, turned.keySet()).partitions().get().values()) {
        if (elected.isPresent() && !(elected.get() instanceof ElectionNotNeededException)) {
          throw new IllegalStateException("a leader could not be moved", elected.get());
        }
      }
    }
  }

  @Override
  public void close() {
    cluster.close();
    registry.close();
    registryWire.close();
    Stream.of(wires).flatMap(Stream::of).forEach(Wire::close);
  }

  private List<String> names() {
    return Stream.concat(Stream.of(topics.images(), topics.questions()), outputs().stream())
        .toList();
  }

  private void makeTopics() throws InterruptedException, ExecutionException {
    List<NewTopic> made =
        names().stream()
            .map(
                name ->
                    new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
                        .configs(
                            Map.of(
                                // Timestamps of the feed are fixed, and must not be too old.
                                "retention.ms",
                                "-1",
                                "max.message.bytes",
                                Integer.toString(
                                    name.equals(topics.deadLetters())
                                        ? RecordLimits.roomFor(RECORD_BYTES)
                                        : RECORD_BYTES))))
            .toList();
    try (Admin admin = admin()) {
      admin.createTopics(made).all().get();
      // The answer comes before every broker's own metadata know of the topics.
      while (IntStream.range(0, 5).anyMatch(asked -> !areThere(admin))) {
        Thread.sleep(100);
      }
    }
  }

  private boolean areThere(Admin admin) {
    return admin.describeTopics(names()).topicNameValues().values().stream()
        .allMatch(
            described ->
                described
                    .toCompletionStage()
                    .handle((topic, failure) -> failure == null && !topic.partitions().isEmpty())
                    .toCompletableFuture()
                    .join());
  }
}
