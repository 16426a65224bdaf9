package io.lgvq.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.cli.Lgvq;
import io.lgvq.cli.shell.Json;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.topology.deadletter.DeadLetters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on a real broker; topology's ReplayOnBrokerTest has letters of real stages. */
class DeadLettersCommandTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final String SECRET = "who is the man in the red coat?";

  @TempDir private static Path data;
  private static EmbeddedKafka broker;
  private static int prefixes;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String prefix;

  @BeforeAll
  static void start() {
    broker = EmbeddedKafka.start(data);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Three letters: one of a second partition, one without its value. */
  @BeforeEach
  void fill() throws Exception {
    prefix = "test-" + ++prefixes + ".";
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers()))) {
      List<String> names = List.of(prefix + "lgvq.images", prefix + "lgvq.dead-letters");
      admin.createTopics(names.stream().map(DeadLettersCommandTest::topic).toList()).all().get();
    }
    try (var producer = producer()) {
      send(producer, 0, "torn\u001b[31m", SECRET, NOON, headers("image-corrupt", "tokenize", 4));
      send(
          producer,
          0,
          "late",
          "value",
          NOON.plusSeconds(60),
          headers("reference-unreachable", "tokenize", 5)
              .add(DeadLetters.TIME, utf8(Instant.now().toString())));
      Headers omitted = headers("image-too-many-bytes", "tokenize", 6);
      DeadLetters.omit("large".getBytes(StandardCharsets.UTF_8), omitted);
      send(producer, 1, "large", null, NOON, omitted);
    }
  }

  @Test
  void shouldListLettersWithoutTheirContentAndWithoutSteeringTheTerminal() {
    assertThat(run("list")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("0:0", "2026-05-04T12:00:00Z", "image-corrupt", "torn?[31m", "(5)")
        .contains("3 dead letters")
        .doesNotContain(SECRET, "\u001b");
  }

  @Test
  void shouldListWhatFiltersLetThroughAsLinesOfJson() throws Exception {
    assertThat(run("list", "--json", "--reason", "reference-unreachable,image-empty")).isZero();
    JsonNode letter = Json.mapper().readTree(out.toString());
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(letter.get("position").asText()).isEqualTo("0:1");
    assertThat(letter.get("key").asText()).isEqualTo("late");
    assertThat(letter.get("bytes").asInt()).isEqualTo(5);
    assertThat(letter.get("origin").get("topic").asText()).isEqualTo(prefix + "lgvq.images");
    assertThat(letter.get("origin").get("offset").asLong()).isEqualTo(5);
    assertThat(letter.get("replayed").isNull()).isTrue();

    assertThat(positions("list", "--json", "--since", "2026-05-04T12:00:30Z"))
        .containsExactly("0:1");
    assertThat(positions("list", "--json", "--until", "2026-05-04T12:00:30Z"))
        .containsExactly("0:0", "1:0");
    assertThat(positions("list", "--json", "--limit", "2")).containsExactly("0:0", "0:1");
    assertThat(positions("list", "--json", "--stage", "caption")).isEmpty();
    assertThat(positions("list", "--json", "--since", "1h"))
        .as("letters have the times of their records")
        .isEmpty();
    assertThat(positions("list", "--json", "--died-since", "1h"))
        .as("it died just now")
        .containsExactly("0:1");
  }

  @Test
  void shouldShowAllHeadersAndWriteTheValue() throws Exception {
    Path file = folder.resolve("value");
    assertThat(run("show", "0:0", "--value", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("image-corrupt", prefix + "lgvq.images-0-4", "header     traceparent: 00-ab")
        .contains(DeadLetters.sha256(SECRET.getBytes(StandardCharsets.UTF_8)))
        .contains("header     __streams.errors.topic: " + prefix + "lgvq.images")
        .doesNotContain(SECRET);
    assertThat(file).hasContent(SECRET);

    assertThat(run("show", "0:0", "--json")).isZero();
    assertThat(Json.mapper().readTree(out.toString()).get("headers").findValuesAsText("value"))
        .as("a name that stands there twice, too")
        .startsWith("00-ab", "00-cd");
  }

  @Test
  void shouldShowWhatALetterWithoutValueKnowsOfIt() {
    Path file = folder.resolve("value");
    assertThat(run("show", "1:0", "--value", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(DeadLetters.sha256("large".getBytes(StandardCharsets.UTF_8)));
    assertThat(err.toString())
        .contains("without its value, which stands at " + prefix + "lgvq.images-0-6");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldReplayOnceAndRefuseWhatIsNotWhole() throws Exception {
    assertThat(run("replay", "--all", "--dry-run")).isEqualTo(1);
    assertThat(out.toString()).contains("2 would be sent, 0 replayed before, 1 refused");

    assertThat(run("replay", "--reason", "image-corrupt", "--json")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"outcome\":\"sent\"");

    assertThat(run("replay", "--all")).isEqualTo(1);
    assertThat(out.toString())
        .contains("refused  1:0", "without its value")
        .contains("1 sent, 1 replayed before, 1 refused");

    assertThat(run("replay", "0:0", "0:1")).isZero();
    assertThat(out.toString()).contains("0 sent, 2 replayed before, 0 refused");

    assertThat(run("list", "--json", "--limit", "1")).isZero();
    assertThat(Instant.parse(Json.mapper().readTree(out.toString()).get("replayed").asText()))
        .isAfter(NOON);
  }

  @Test
  void shouldSayWithOneSentenceWhatIsNotThere() {
    assertThat(run("show", "0:99")).isEqualTo(1);
    assertThat(run("show", "7:0")).isEqualTo(1);
    assertThat(run("replay", "0:0", "1:5")).isEqualTo(1);
    prefix = "nowhere.";
    assertThat(run("list")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "lgvq: there is no dead letter at 0:99",
            "lgvq: there is no dead letter at 7:0",
            "lgvq: there is no dead letter at 1:5; nothing was sent",
            "lgvq: Kafka at %s has no topic 'nowhere.lgvq.dead-letters'; lgvq.topics.prefix and lgvq.topics.dead-letters name it"
                .formatted(servers()));
  }

  @Test
  void shouldTellUsageMistakes() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("list", "--reason", "image-corupt")).isEqualTo(2);
    assertThat(err.toString()).contains("'image-corupt' is no reason; the reasons are null-key");
    assertThat(run("list", "--since", "yesterday")).isEqualTo(2);
    assertThat(run("list", "--limit", "0")).isEqualTo(2);
    assertThat(run("list", "-Dlgvq.topics.prefx=x")).isEqualTo(2);
    assertThat(err.toString()).contains("lgvq.topics.prefx is no property of ours");
    assertThat(run("list", "-Dkafak.client.id=x")).isEqualTo(2);
    assertThat(err.toString()).contains("kafak.client.id is no property of ours");
    assertThat(run("show", "17")).isEqualTo(2);
    assertThat(run("replay")).isEqualTo(2);
    assertThat(run("replay", "0:0", "--all")).isEqualTo(2);
    assertThat(run("replay", "--all", "--max-replays", "0")).isEqualTo(2);
  }

  private List<String> positions(String... arguments) throws Exception {
    assertThat(run(arguments)).as(err.toString()).isZero();
    List<String> positions = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      positions.add(Json.mapper().readTree(line).get("position").asText());
    }
    return positions;
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    List<String> whole = new ArrayList<>(List.of("dead-letters"));
    whole.addAll(List.of(arguments));
    if (arguments.length > 0) {
      whole.add("-Dkafka.bootstrap.servers=" + servers());
      whole.add("-Dlgvq.topics.prefix=" + prefix);
    }
    CommandLine line = Lgvq.line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(whole.toArray(String[]::new));
  }

  private static String servers() {
    return broker.bootstrapServers();
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(2), Optional.empty())
        .configs(Map.of("retention.ms", "-1"));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      int partition,
      String key,
      String value,
      Instant time,
      Headers headers)
      throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                prefix + "lgvq.dead-letters",
                partition,
                time.toEpochMilli(),
                utf8(key),
                value == null ? null : utf8(value),
                headers))
        .get();
  }

  private Headers headers(String reason, String stage, long offset) {
    return new RecordHeaders()
        .add("traceparent", utf8("00-ab"))
        .add("traceparent", utf8("00-cd"))
        .add(DeadLetters.REASON, utf8(reason))
        .add(DeadLetters.STAGE, utf8(stage))
        .add(DeadLetters.DETAIL, utf8("a sentence"))
        .add(DeadLetters.TIME, utf8(NOON.plusSeconds(3600).toString()))
        .add(DeadLetters.TOPIC, utf8(prefix + "lgvq.images"))
        .add(DeadLetters.PARTITION, utf8("0"))
        .add(DeadLetters.OFFSET, utf8(Long.toString(offset)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
