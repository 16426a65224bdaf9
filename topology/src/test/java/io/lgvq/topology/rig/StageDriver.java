package io.lgvq.topology.rig;

import io.lgvq.schemas.registry.InMemorySchemaRegistry;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.stage.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Runs the real topology of a stage without a broker, on a clock that the test moves. */
public final class StageDriver implements AutoCloseable {

  /** Topics of all driven stages. */
  public static final TopicNames TOPICS = TopicNames.standard();

  /** Batches of four, 20 ms, and two attempts without a wait. */
  public static final StageSettings SETTINGS =
      new StageSettings(
          TOPICS, new BatchSettings(4, Duration.ofMillis(20)), new RetrySettings(2, Duration.ZERO));

  /** Serdes on a registry in memory. */
  public static final EventSerdes SERDES =
      EventSerdes.avro(
          new InMemorySchemaRegistry(), Map.of("schema.registry.url", "memory://stage-driver"));

  /** Timestamp of every record that is sent. */
  public static final Instant SENT = Instant.parse("2026-05-04T03:02:05Z");

  private final TopologyTestDriver driver;

  /** Runs a stage from the given wall-clock time on. */
  public StageDriver(Stage stage, Instant start) {
    var properties = StreamsSettings.standard("nowhere:1", temporaryFolder()).properties("driven");
    driver = new TopologyTestDriver(stage.topology(), properties, start);
  }

  /** Runs a stage from {@link #SENT} on. */
  public StageDriver(Stage stage) {
    this(stage, SENT);
  }

  /** Sends an event with a header that says who it is. */
  public <T> void send(String topic, String key, T event, Serde<T> serde) {
    sendBytes(topic, utf8(key), serde.serializer().serialize(topic, event));
  }

  /** Sends whatever bytes, with the header {@code traceparent} of the key. */
  public void sendBytes(String topic, byte[] key, byte[] value) {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", key == null ? utf8("none") : key);
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, SENT));
  }

  /** Lets wall-clock time pass. */
  public void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** Lets the linger of {@link #SETTINGS} pass. */
  public void linger() {
    pass(Duration.ofMillis(30));
  }

  /** What came out since the last call. */
  public <T> List<TestRecord<String, T>> read(String topic, Serde<T> serde) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), serde.deserializer())
        .readRecordsToList();
  }

  /** The dead letters since the last call. */
  public List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** The reasons of the dead letters since the last call. */
  public List<String> deadReasons() {
    return deadLetters().stream().map(letter -> header(letter, DeadLetters.REASON)).toList();
  }

  /** A header as text. */
  public static String header(TestRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** The bytes of a text. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("stage-driver");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException("no temporary folder", e);
    }
  }
}
