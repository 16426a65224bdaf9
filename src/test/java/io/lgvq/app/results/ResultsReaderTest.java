package io.lgvq.app.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.registry.InMemorySchemaRegistry;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class ResultsReaderTest {
  private static final TopicNames TOPICS = TopicNames.standard();
  private static final EventSerdes SERDES =
      EventSerdes.avro(
          new InMemorySchemaRegistry(), Map.of("schema.registry.url", "memory://results"));
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Results results = new Results(10);

  @Test
  void shouldStartOverAfterAFailureThatIsNoneOfKafkas() {
    ResultsReader reader =
        reader(
            () -> {
              throw new IllegalStateException("a bug");
            },
            () -> holding(caption("bus", "a red bus")));
    assertThat(reader.trouble()).contains("has not begun to read");

    try (reader) {
      reader.start();
      await()
          .atMost(DEADLINE)
          .until(() -> reader.trouble().equals(Optional.of("IllegalStateException: a bug")));
      assertThat(reader.alive()).isTrue();
      await().atMost(DEADLINE).until(() -> results.caption("bus").isPresent());
      await().atMost(DEADLINE).until(() -> reader.trouble().isEmpty());
    }
  }

  @Test
  void shouldPassOverRecordsThatAreNoResults() {
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    try (ResultsReader reader = reader(() -> holding(garbage, null, caption("bus", "a red bus")))) {
      reader.start();
      await().atMost(DEADLINE).until(() -> results.caption("bus").isPresent());
      await().atMost(DEADLINE).until(() -> reader.trouble().isEmpty());
    }
  }

  @Test
  void shouldKeepTheContentOfRecordsOutOfTheLog() {
    byte[] content = "the man in the red coat".getBytes(StandardCharsets.UTF_8);
    EventSerdes platforms = EventSerdes.of(Mute.class, Quoting.class, Map.of());
    Heard heard = new Heard();
    Logger log = Logger.getLogger(ResultsReader.class.getName());
    log.addHandler(heard);
    try (ResultsReader reader =
        new ResultsReader(
            () -> holding(content), platforms, TOPICS, Duration.ofHours(1), results)) {
      reader.start();
      await().atMost(DEADLINE).until(() -> !heard.sentences.isEmpty());
    } finally {
      log.removeHandler(heard);
    }
    assertThat(heard.sentences.get(0))
        .contains(TOPICS.captions() + "-0@0", "value-unreadable")
        .doesNotContain("red coat");
  }

  @Test
  void shouldSayThatItIsDeadWhenAnErrorEndsItsThread() {
    ResultsReader reader =
        reader(
            () -> {
              throw new NoClassDefFoundError("shown by the test on purpose");
            });
    reader.start();
    await().dontCatchUncaughtExceptions().atMost(DEADLINE).until(() -> !reader.alive());
    reader.close();
  }

  /** A reader that is given one consumer after the other, the last one for ever. */
  @SafeVarargs
  private ResultsReader reader(Supplier<Consumer<byte[], byte[]>>... consumers) {
    Deque<Supplier<Consumer<byte[], byte[]>>> left = new ArrayDeque<>(Arrays.asList(consumers));
    return new ResultsReader(
        () -> (left.size() > 1 ? left.pop() : left.peek()).get(),
        SERDES,
        TOPICS,
        Duration.ofHours(1),
        results);
  }

  private static byte[] caption(String image, String text) {
    Caption caption =
        new Caption(
            image, text, -1f, List.of(), "model", "1", "ab".repeat(32), Instant.ofEpochMilli(1));
    return SERDES.captions().serializer().serialize(TOPICS.captions(), caption);
  }

  /** A platform's deserializer that quotes what it cannot read. */
  public static final class Quoting implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] bytes) {
      throw new SerializationException(
          "cannot read '" + new String(bytes, StandardCharsets.UTF_8) + "'");
    }
  }

  /** A platform's serializer that is not asked. */
  public static final class Mute implements Serializer<Object> {
    @Override
    public byte[] serialize(String topic, Object record) {
      throw new UnsupportedOperationException("not asked for");
    }
  }

  /** What is logged, in sentences. */
  private static final class Heard extends ExtHandler {
    private final List<String> sentences = new CopyOnWriteArrayList<>();

    @Override
    protected void doPublish(ExtLogRecord said) {
      sentences.add(said.getFormattedMessage());
    }
  }

  /** A consumer that finds these values, of the image {@code bus}, in the topic of captions. */
  private static Consumer<byte[], byte[]> holding(byte[]... values) {
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
              Map<TopicPartition, Long> times) {
            return times.keySet().stream()
                .collect(Collectors.toMap(p -> p, p -> new OffsetAndTimestamp(0, 1)));
          }
        };
    Stream.of(
            TOPICS.tokens(),
            TOPICS.captions(),
            TOPICS.reconstructions(),
            TOPICS.answers(),
            TOPICS.deadLetters())
        .forEach(
            topic ->
                consumer.updatePartitions(
                    topic, List.of(new PartitionInfo(topic, 0, null, null, null))));
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < values.length; i++) {
            consumer.addRecord(
                new ConsumerRecord<>(
                    TOPICS.captions(), 0, i, "bus".getBytes(StandardCharsets.UTF_8), values[i]));
          }
        });
    return consumer;
  }
}
