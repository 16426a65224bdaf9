package io.lgvq.soak.platform;

import io.lgvq.embedded.EmbeddedCluster;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three brokers, a registry and the topics, with a wire from each slot to each broker and one to
 * the registry. Ownership: whoever starts it closes it.
 */
public final class Platform implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  /** How many partitions each topic has. */
  public static final int PARTITIONS = 3;

  private static final int RECORD_BYTES = 1 << 20;
  private static final int STARTS = 3;
  private static final Duration BROKER_START = Duration.ofMinutes(1);

  private final Wire[][] wires;
  private final EmbeddedCluster cluster;
  private final EmbeddedRegistry registry;
  private final Wire registryWire;
  private final Admin admin;
  private final TopicNames topics = TopicNames.standard();

  private Platform(
      Wire[][] wires, EmbeddedCluster cluster, EmbeddedRegistry registry, Wire registryWire) {
    this.wires = wires;
    this.cluster = cluster;
    this.registry = registry;
    this.registryWire = registryWire;
    this.admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
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

  /** A client for administration, which closes with the platform. */
  public Admin admin() {
    return admin;
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

  /**
   * Which partitions an instance has at the moment.
   *
   * @param instance its lasting name
   * @param stages names of stages that it runs
   * @return partitions of each stage's input; stages whose group cannot be told are missing
   */
  public Map<String, Set<Integer>> assigned(String instance, Collection<String> stages)
      throws InterruptedException {
    Map<String, Set<Integer>> assigned = new TreeMap<>();
    var settings = StreamsSettings.standard(bootstrapServers(), Path.of(""));
    for (String stage : stages) {
      String group = settings.applicationId(stage);
      try {
        assigned.put(
            stage,
            admin
                .describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get()
                .members()
                .stream()
                // Kafka Streams adds the number of the thread.
                .filter(member -> isOf(member.groupInstanceId(), instance))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::partition)
                .collect(Collectors.toCollection(TreeSet::new)));
      } catch (ExecutionException e) {
        LOG.info("Group {} cannot be told", group, e);
      }
    }
    return assigned;
  }

  /** Where the topics that stages write end at the moment, for those who read what is committed. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private static boolean isOf(Optional<String> member, String instance) {
    return member.map(id -> id.startsWith(instance + "-")).orElse(false);
  }

  /** SIGKILL to a broker. */
  public void killBroker(int broker) {
    cluster.kill(broker);
  }

  /**
   * Starts a broker that was killed, and returns when it serves; one that does not come in good
   * time is killed and started again.
   *
   * @throws IllegalStateException if it did not come, several times
   */
  public void startBroker(int broker) throws InterruptedException {
    for (int left = STARTS; ; left--) {
      cluster.launch(broker);
      var waiting = new FutureTask<>(() -> cluster.awaitReady(broker), true);
      new Thread(waiting, "await-broker").start();
      try {
        waiting.get(BROKER_START.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | TimeoutException e) {
        cluster.kill(broker);
        if (left == 1) {
          throw new IllegalStateException("broker %d did not come back".formatted(broker), e);
        }
      }
    }
  }

  /** Who leads the partitions of our topics. */
  public Leaders leaders() {
    return new Leaders(admin, names());
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
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
    admin.createTopics(made).all().get();
    // The answer comes before every broker's own metadata know of the topics.
    while (IntStream.range(0, 5).anyMatch(asked -> !areThere())) {
      Thread.sleep(100);
    }
  }

  private boolean areThere() {
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
