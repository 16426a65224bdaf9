package io.lgvq.topology.upgrade;

import static io.lgvq.topology.upgrade.AllStages.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * This release goes on where the last one stopped: on its topics, its schemas and its state. What
 * was there is in the snapshot that {@link ReleaseSnapshot} made of the last release.
 */
class UpgradeTest {

  private static final Path LAST_RELEASE =
      Path.of(System.getProperty("lgvq.root"), "topology/src/test/resources/releases/0.1.0.zip");

  // A broker forgets groups and producers that it has not heard of for a week.
  private static final Map<String, String> FORGETS_NOTHING =
      Map.of(
          "offsets.retention.minutes",
          Integer.toString(Integer.MAX_VALUE),
          "transactional.id.expiration.ms",
          Integer.toString(Integer.MAX_VALUE),
          "log.retention.check.interval.ms",
          Integer.toString(Integer.MAX_VALUE));

  private static final Duration QUIET = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @ParameterizedTest(name = "with the state of the last release on disk: {0}")
  @ValueSource(booleans = {true, false})
  void shouldGoOnWhereTheLastReleaseStopped(boolean stateOnDisk) throws Exception {
    ReleaseSnapshot.unzip(LAST_RELEASE, folder);
    Path state = folder.resolve(stateOnDisk ? ReleaseSnapshot.STATE : "another-disk");
    try (var kafka =
            EmbeddedKafka.start(folder.resolve(ReleaseSnapshot.KAFKA), 0, FORGETS_NOTHING);
        var registry = EmbeddedRegistry.start(folder.resolve("registry.log"))) {
      bringBackSchemas(registry.url());
      EventSerdes serdes = Cluster.serdes(registry.url());
      String broker = kafka.bootstrapServers();

      try (var stages = AllStages.start(broker, serdes, state, Duration.ofMillis(100))) {
        for (String output :
            List.of(TOPICS.tokens(), TOPICS.captions(), TOPICS.reconstructions())) {
          assertThat(keys(all(broker, output, Before.IMAGES)))
              .as(output)
              .doesNotHaveDuplicates()
              .hasSize(Before.IMAGES);
        }
        List<Answer> answers =
            read(
                all(broker, TOPICS.answers(), Before.QUESTIONS),
                serdes.answers(),
                TOPICS.answers());
        assertThat(answers)
            .hasSize(Before.QUESTIONS)
            .allSatisfy(each -> assertThat(each.getStatus()).isEqualTo(AnswerStatus.ANSWERED))
            .extracting(Answer::getQuestionId)
            .doesNotHaveDuplicates();
        assertThat(keys(all(broker, TOPICS.deadLetters(), 1))).containsExactly("torn");
        assertThat(watched(broker, serdes)).isEqualTo(Before.IMAGES);
        assertThat(stages.stopped()).isZero();
      }
      // And once more, on what this release has made of it.
      try (var stages = AllStages.start(broker, serdes, state, Duration.ofMillis(100))) {
        stages.awaitRunning();
        assertThat(watched(broker, serdes)).isEqualTo(Before.IMAGES);
        assertThat(all(broker, TOPICS.answers(), Before.QUESTIONS)).hasSize(Before.QUESTIONS);
        assertThat(stages.stopped()).isZero();
      }
    }
  }

  /** Schemas have the ids by which the records of the last release name them. */
  private void bringBackSchemas(String url) throws IOException {
    SchemaRegistry registry = SchemaRegistry.connect(Map.of("schema.registry.url", url));
    for (String line : Files.readAllLines(folder.resolve(ReleaseSnapshot.SCHEMAS))) {
      String[] columns = line.split("\t", 3);
      Schema schema = new Schema.Parser().parse(columns[2]);
      assertThat(registry.register(columns[1], schema, false))
          .isEqualTo(Integer.parseInt(columns[0]));
    }
  }

  /** How many images the windows of the stage drift have counted. */
  private static long watched(String broker, EventSerdes serdes) {
    return read(all(broker, TOPICS.drift(), 2), serdes.drift(), TOPICS.drift()).stream()
        .mapToLong(CodebookDrift::getImages)
        .sum();
  }

  /** All that is committed once so many are, and whatever comes soon after. */
  private static List<ConsumerRecord<String, byte[]>> all(String broker, String topic, int count) {
    try (var committed = new Committed(broker, topic)) {
      committed.atLeast(count);
      return List.copyOf(committed.untilQuiet(QUIET));
    }
  }

  private static Stream<String> keys(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ConsumerRecord::key);
  }

  private static <T> List<T> read(
      List<ConsumerRecord<String, byte[]>> records, Serde<T> serde, String topic) {
    return records.stream()
        .map(record -> serde.deserializer().deserialize(topic, record.value()))
        .toList();
  }
}
