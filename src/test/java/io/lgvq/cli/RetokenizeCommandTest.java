package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.Pictures;
import io.lgvq.cli.shell.Json;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.event.EventSerdes;
import java.awt.Color;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real broker; topology's RetokenizeOnBrokerTest kills the job in the middle. */
class RetokenizeCommandTest {
  private static final String PREFIX = "acme.";
  private static final String NEW_TOKENS = "acme.tokens-2";

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
    topics("lgvq.images", "lgvq.dead-letters", "tokens-2");
    send("red", Pictures.ball(Color.RED));
    send("blue", Pictures.ball(Color.BLUE));
    send("torn", new byte[] {1, 2, 3});

    assertThat(retokenize()).as(err.toString()).isZero();
    JsonNode first = Json.mapper().readTree(out.toString());
    assertThat(first.get("tokens").asInt()).isEqualTo(2);
    assertThat(first.get("deadLetters").asInt()).isEqualTo(1);

    out.getBuffer().setLength(0);
    assertThat(retokenize()).as(err.toString()).isZero();
    assertThat(Json.mapper().readTree(out.toString()).get("tokens").asInt())
        .as("what an earlier run has done")
        .isZero();
  }

  @Test
  void shouldNameTheTopicThatIsMissing() throws Exception {
    assertThat(run("--to", "nowhere", "-Dlgvq.topics.prefix=other.")).isEqualTo(1);
    assertThat(err.toString()).contains("Kafka has no topic other.lgvq.images; make it first.");
  }

  private int retokenize() {
    return run("--to", NEW_TOKENS, "--json", "-Dlgvq.topics.prefix=" + PREFIX);
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

  private static void topics(String... names) throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      List<NewTopic> topics =
          Stream.of(names).map(name -> new NewTopic(PREFIX + name, 2, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  private static void send(String id, byte[] picture) throws Exception {
    Map<String, String> settings = Map.of("schema.registry.url", registry.url());
    EventSerdes serdes = EventSerdes.avro(SchemaRegistry.connect(settings), settings);
    ImageEvent image =
        ImageEvent.newBuilder()
            .setImageId(id)
            .setContent(new ImageBytes(ByteBuffer.wrap(picture)))
            .build();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            serdes.images().serializer())) {
      producer.send(new ProducerRecord<>(PREFIX + "lgvq.images", id, image)).get();
    }
  }
}
