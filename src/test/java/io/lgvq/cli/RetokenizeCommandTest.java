package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.Pictures;
import io.lgvq.cli.shell.Json;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.event.EventSerdes;
import java.awt.Color;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real broker; topology's RetokenizeOnBrokerTest kills the job in the middle. */
class RetokenizeCommandTest {
  private static final String AGAIN = "--from-beginning";

  @TempDir private static Path data;
  private static EmbeddedKafka broker;
  private static EmbeddedRegistry registry;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    registry =
        EmbeddedRegistry.launch(
            Path.of(System.getProperty("test.registry.home")), data.resolve("registry.log"), 0);
    broker = EmbeddedKafka.start(data.resolve("kafka"));
    registry.awaitReady();
  }

  @AfterAll
  static void stop() {
    broker.close();
    registry.close();
  }

  @Test
  void shouldTokenizeThePastOnceWithTheTopicsAndConnectionsOfServe() throws Exception {
    topics("acme.");
    send("acme.", "red", Pictures.ball(Color.RED));
    send("acme.", "blue", Pictures.ball(Color.BLUE));
    send("acme.", "torn", new byte[] {1, 2, 3});

    assertThat(retokenize("acme.")).isEqualTo(new Came(2, 1));
    assertThat(retokenize("acme.")).as("what an earlier run has done").isEqualTo(new Came(0, 0));
  }

  @Test
  void shouldTakeTheImagesThatServeTakes() throws Exception {
    topics("limits.");
    send("limits.", "mislabelled", image("mislabelled", Pictures.ball(Color.RED), "image/jpeg"));

    assertThat(retokenize("limits.")).isEqualTo(new Came(0, 1));
    assertThat(retokenize("limits.", AGAIN, "-Dlgvq.image.reject-mislabelled=false"))
        .isEqualTo(new Came(1, 0));
    assertThat(
            retokenize(
                "limits.",
                AGAIN,
                "-Dlgvq.image.reject-mislabelled=false",
                "-Dlgvq.image.max-bytes=100"))
        .isEqualTo(new Came(0, 1));
  }

  @Test
  void shouldBuryWithoutItsValueWhatTheTopicOfDeadLettersIsNotMadeFor() throws Exception {
    topics("small.", Map.of("max.message.bytes", Integer.toString(2 * 65_536)));
    send("small.", "torn", new byte[900_000]);

    assertThat(run("--to", "small.tokens-2", "-Dlgvq.topics.prefix=small.")).isEqualTo(1);
    assertThat(err.toString())
        .contains("Topic 'small.lgvq.dead-letters' takes records of 131072 bytes");
    assertThat(retokenize("small.", "-Dlgvq.dead-letters.max-value-bytes=65536"))
        .isEqualTo(new Came(0, 1));
    ConsumerRecord<String, byte[]> letter = only("small.lgvq.dead-letters");
    assertThat(letter.value()).isNull();
    assertThat(letter.headers().lastHeader("lgvq.error.value-omitted")).isNotNull();
  }

  @Test
  void shouldReadAndWriteWithTheSerializersOfServe() throws Exception {
    topics("bare.");
    ImageEvent red = image("red", Pictures.ball(Color.RED), "image/png");
    sendValue("bare.", "red", new BareAvro.Writer().serialize("", red));

    Came came =
        retokenize(
            "bare.",
            "-Dlgvq.serde.serializer=" + BareAvro.Writer.class.getName(),
            "-Dlgvq.serde.deserializer=" + BareAvro.Reader.class.getName());

    assertThat(came).isEqualTo(new Came(1, 0));
    var reader = new BareAvro.Reader();
    reader.configure(Map.of("specific.avro.value.type", ImageTokens.class.getName()), false);
    assertThat(reader.deserialize("", only("bare.tokens-2").value()))
        .isInstanceOfSatisfying(
            ImageTokens.class, tokens -> assertThat(tokens.getImageId()).isEqualTo("red"));
  }

  @Test
  void shouldNameTheTopicThatIsMissing() throws Exception {
    assertThat(run("--to", "nowhere", "-Dlgvq.topics.prefix=other.")).isEqualTo(1);
    assertThat(err.toString()).contains("Kafka has no topic other.lgvq.images; make it first.");
  }

  /** What a run says that it did. */
  private record Came(int tokens, int deadLetters) {}

  private Came retokenize(String prefix, String... options) throws Exception {
    out.getBuffer().setLength(0);
    Stream<String> common =
        Stream.of("--to", prefix + "tokens-2", "--json", "-Dlgvq.topics.prefix=" + prefix);
    assertThat(run(Stream.concat(common, Stream.of(options)).toArray(String[]::new)))
        .as(err.toString())
        .isZero();
    JsonNode said = Json.mapper().readTree(out.toString());
    return new Came(said.get("tokens").asInt(), said.get("deadLetters").asInt());
  }

  private int run(String... options) {
    Stream<String> connections =
        Stream.of(
            "retokenize",
            "-Dkafka.bootstrap.servers=" + broker.bootstrapServers(),
            "-Dschema.registry.url=" + registry.url());
    return Lgvq.line()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.concat(connections, Stream.of(options)).toArray(String[]::new));
  }

  private static void topics(String prefix) throws Exception {
    topics(prefix, Map.of());
  }

  private static void topics(String prefix, Map<String, String> ofDeadLetters) throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(prefix + "lgvq.images", 2, (short) 1),
                  new NewTopic(prefix + "tokens-2", 2, (short) 1),
                  new NewTopic(prefix + "lgvq.dead-letters", 2, (short) 1).configs(ofDeadLetters)))
          .all()
          .get();
    }
  }

  private static void send(String prefix, String id, byte[] picture) throws Exception {
    send(prefix, id, image(id, picture, "image/png"));
  }

  private static void send(String prefix, String id, ImageEvent image) throws Exception {
    Map<String, String> settings = Map.of("schema.registry.url", registry.url());
    EventSerdes serdes = EventSerdes.avro(SchemaRegistry.connect(settings), settings);
    sendValue(prefix, id, serdes.images().serializer().serialize(prefix + "lgvq.images", image));
  }

  private static void sendValue(String prefix, String id, byte[] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(prefix + "lgvq.images", id, value)).get();
    }
  }

  private static ImageEvent image(String id, byte[] picture, String mediaType) {
    return ImageEvent.newBuilder()
        .setImageId(id)
        .setMediaType(mediaType)
        .setContent(new ImageBytes(ByteBuffer.wrap(picture)))
        .build();
  }

  /** The one record that is committed in a topic. */
  private static ConsumerRecord<String, byte[]> only(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
                return !read.isEmpty();
              });
      assertThat(read).hasSize(1);
      return read.get(0);
    }
  }
}
