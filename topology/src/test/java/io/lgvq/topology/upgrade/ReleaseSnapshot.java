package io.lgvq.topology.upgrade;

import static io.lgvq.topology.upgrade.AllStages.TOPICS;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What a release leaves behind on a platform: the broker's logs, the state of the instances, and
 * the schemas of the registry, in one zip file. {@link ReleaseSnapshotRun} makes it, {@link
 * UpgradeTest} begins with it.
 */
final class ReleaseSnapshot {

  static final String KAFKA = "kafka";
  static final String STATE = "state";

  /** A line for each schema, in the order of their ids: id, subject and schema, with tabs. */
  static final String SCHEMAS = "schemas.tsv";

  private static final int PARTITIONS = 2;

  private ReleaseSnapshot() {}

  /** Makes the snapshot of this release. */
  static void make(Path file) throws Exception {
    Path folder = Files.createTempDirectory("lgvq-snapshot");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve(KAFKA));
        EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry.log"))) {
      run(kafka.bootstrapServers(), registry.url(), folder);
    }
    zip(folder, file);
  }

  private static void run(String kafka, String registry, Path folder) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.createTopics(topics()).all().get();
    }
    var serdes = Cluster.serdes(registry);
    try (var feed = new Feed(kafka)) {
      try (AllStages stages =
          AllStages.start(kafka, serdes, folder.resolve(STATE), Duration.ofDays(1))) {
        Before.begin(feed, serdes);
        for (String output :
            List.of(TOPICS.tokens(), TOPICS.captions(), TOPICS.reconstructions())) {
          await(kafka, output, Before.SEEN);
        }
        await(kafka, TOPICS.answers(), Before.SEEN);
        await(kafka, TOPICS.deadLetters(), 1);
        // Windows and waiting questions are no output: some commits later they are kept.
        Thread.sleep(5_000);
        if (stages.stopped() > 0) {
          throw new IllegalStateException("a stage has stopped");
        }
      }
      Before.goOn(feed, serdes);
    }
    Files.write(
        folder.resolve(SCHEMAS),
        schemas(SchemaRegistry.connect(Map.of("schema.registry.url", registry))));
  }

  private static List<NewTopic> topics() {
    return names()
        .map(
            name -> new NewTopic(name, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1")))
        .toList();
  }

  private static Stream<String> names() {
    return Stream.of(
        TOPICS.images(),
        TOPICS.tokens(),
        TOPICS.captions(),
        TOPICS.questions(),
        TOPICS.answers(),
        TOPICS.reconstructions(),
        TOPICS.drift(),
        TOPICS.deadLetters());
  }

  private static void await(String kafka, String topic, int count) {
    try (var committed = new Committed(kafka, topic)) {
      committed.atLeast(count);
    }
  }

  private static List<String> schemas(SchemaRegistry registry) {
    List<Registered> all =
        names()
            .map(topic -> topic + "-value")
            .flatMap(
                subject ->
                    registry.latest(subject).stream()
                        .map(latest -> new Registered(latest.id(), subject, latest.schema())))
            .sorted(Comparator.comparingInt(Registered::id))
            .toList();
    return all.stream()
        .map(each -> each.id() + "\t" + each.subject() + "\t" + each.schema())
        .toList();
  }

  /**
   * A schema of the registry.
   *
   * @param id that records begin with
   */
  private record Registered(int id, String subject, Schema schema) {}

  private static void zip(Path folder, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out);
        Stream<Path> all = Files.walk(folder)) {
      zip.setLevel(9);
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, zip);
        zip.closeEntry();
      }
    }
  }

  /** Lays a snapshot out in a folder. */
  static void unzip(Path file, Path folder) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
      }
    }
  }
}
