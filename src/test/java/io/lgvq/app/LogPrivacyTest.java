package io.lgvq.app;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.Pictures;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.schemas.event.Question;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.event.EventSerdes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that the running application logs, our own lines from DEBUG on, while records of every
 * kind that may go wrong pass through it. It takes its registry away, so it has one of its own.
 */
@QuarkusTest
@QuarkusTestResource(value = LogPrivacyTest.Platform.class, restrictToAnnotatedClass = true)
class LogPrivacyTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** In every id, text, address, header and body that is sent. */
  private static final String SECRET = "ludmilla-the-neighbour";

  private static final int UNKNOWN_SCHEMA = 999_999;

  private final Logger ours = Logger.getLogger("io.lgvq");
  private final Lines lines = new Lines();
  private Level before;

  @BeforeEach
  void listen() {
    before = ours.getLevel();
    ours.setLevel(Level.FINE);
    Logger.getLogger("").addHandler(lines);
  }

  @AfterEach
  void listenNoLonger() {
    Logger.getLogger("").removeHandler(lines);
    ours.setLevel(before);
  }

  @Test
  void shouldSayNothingOfARecordWhateverBecomesOfIt() {
    int bad = sendOverHttp() + sendRecordsThatNoStageCanUse();
    await().atMost(DEADLINE).until(() -> deadLetters() >= bad);
    await().atMost(DEADLINE).until(() -> lines.has("is no result that can be read"));

    PlatformResource.current().registry().close();
    // Is it the record's fault, or the registry's? Nobody can say, so the stages stop.
    try (var records = new Records()) {
      records.send("lgvq.images", "stop-" + SECRET, unknownSchema());
      records.send("lgvq.questions", "stop-" + SECRET, unknownSchema());
    }
    await().atMost(DEADLINE).untilAsserted(() -> get("/q/health/live").then().statusCode(503));
    await().atMost(DEADLINE).until(() -> lines.has("Stage tokenize stopped"));
    await().atMost(DEADLINE).until(() -> lines.has("Stage answer stopped"));

    assertThat(lines.all).noneMatch(line -> line.contains(SECRET));
  }

  /** An honest image with its question, and what a sender may do wrong: one dead letter. */
  private static int sendOverHttp() {
    String id = "honest-" + SECRET;
    post(id, Pictures.ball(Color.RED), 202);
    post("torn-" + SECRET, torn(), 202);
    post(SECRET + "/../", torn(), 400);
    post("empty-" + SECRET, new byte[0], 400);
    ask(id, Map.of("text", "where does " + SECRET + " live?"), 200);
    ask(id, Map.of("text", (SECRET + " ").repeat(100)), 400);
    ask(id, "{not json, " + SECRET, 400);
    get("/images/{id}/caption", "unseen-" + SECRET).then().statusCode(404);
    return 1;
  }

  /** How many dead letters they make. */
  private static int sendRecordsThatNoStageCanUse() {
    byte[] garbage = SECRET.getBytes(StandardCharsets.UTF_8);
    try (var records = new Records()) {
      records.send("lgvq.images", "garbage-" + SECRET, garbage);
      records.send("lgvq.images", "cut-" + SECRET, cut(image("cut", torn())));
      records.send("lgvq.images", "other-" + SECRET, bytes(image("id-" + SECRET, torn())));
      records.send("lgvq.images", null, bytes(image("none-" + SECRET, torn())));
      records.send("lgvq.images", "far-" + SECRET, bytes(reference("http://127.0.0.1:1/")));
      records.send("lgvq.images", "user-" + SECRET, bytes(reference("http://" + SECRET + "@a/")));
      records.send("lgvq.images", "odd-" + SECRET, bytes(reference("http://a b/")));
      records.send("lgvq.questions", "garbage-" + SECRET, garbage);
      records.send("lgvq.questions", "long-" + SECRET, bytes(question((SECRET + " ").repeat(90))));
      records.send("lgvq.tokens", "garbage-" + SECRET, garbage); // three heads refuse it
      records.send("lgvq.captions", "garbage-" + SECRET, garbage);
      return 12;
    }
  }

  private static void post(String id, byte[] body, int status) {
    given()
        .contentType("image/png")
        .queryParam("id", id)
        .header("ce-source", SECRET)
        .header("authorization", SECRET)
        .body(body)
        .post("/images")
        .then()
        .statusCode(status);
  }

  private static void ask(String id, Object body, int status) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/images/{id}/questions", id)
        .then()
        .statusCode(status);
  }

  private static long deadLetters() {
    return get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("lgvq_dead_letters_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** A picture that begins well and goes on with the secret. */
  private static byte[] torn() {
    byte[] picture = Arrays.copyOf(Pictures.ball(Color.BLUE), 60);
    byte[] rest = SECRET.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(rest, 0, picture, picture.length - rest.length, rest.length);
    return picture;
  }

  private static ImageEvent image(String id, byte[] picture) {
    return ImageEvent.newBuilder()
        .setImageId(id)
        .setContent(new ImageBytes(ByteBuffer.wrap(picture)))
        .setMediaType("image/" + SECRET)
        .setSource(SECRET)
        .setAttributes(Map.of(SECRET, SECRET))
        .build();
  }

  private static ImageEvent reference(String server) {
    String id = server.contains("127.0.0.1") ? "far-" : server.contains("@") ? "user-" : "odd-";
    return ImageEvent.newBuilder()
        .setImageId(id + SECRET)
        .setContent(new ImageReference(server + SECRET + "?key=" + SECRET, "0".repeat(64), 10L))
        .build();
  }

  private static Question question(String text) {
    return new Question("q-" + SECRET, "long-" + SECRET, text);
  }

  private static byte[] bytes(ImageEvent image) {
    return serdes().images().serializer().serialize("lgvq.images", image);
  }

  private static byte[] bytes(Question question) {
    return serdes().questions().serializer().serialize("lgvq.questions", question);
  }

  private static byte[] cut(ImageEvent image) {
    byte[] whole = bytes(image);
    return Arrays.copyOf(whole, whole.length - 10);
  }

  private static byte[] unknownSchema() {
    byte[] content = SECRET.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) 0)
        .putInt(UNKNOWN_SCHEMA)
        .put(content)
        .array();
  }

  private static EventSerdes serdes() {
    var settings = Map.of("schema.registry.url", PlatformResource.current().registry().url());
    return EventSerdes.avro(SchemaRegistry.connect(settings), settings);
  }

  /** References may be fetched, from where nobody answers. */
  public static class Platform extends PlatformResource {
    @Override
    public Map<String, String> start() {
      Map<String, String> properties = new HashMap<>(super.start());
      properties.put("lgvq.claim-check.schemes", "http");
      properties.put("lgvq.claim-check.hosts", "127.0.0.1:1");
      return properties;
    }
  }

  /** A producer whose records all have a secret header. */
  private static final class Records implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", PlatformResource.current().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());

    void send(String topic, String key, byte[] value) {
      var record = new ProducerRecord<>(topic, key, value);
      record.headers().add("x-" + SECRET, SECRET.getBytes(StandardCharsets.UTF_8));
      producer.send(record);
    }

    @Override
    public void close() {
      producer.close();
    }
  }

  /** Everything that reaches the log, as it would be printed, stack traces and all. */
  private static final class Lines extends Handler {
    private final Queue<String> all = new ConcurrentLinkedQueue<>();
    private final PatternFormatter format = new PatternFormatter("%p [%c] (%t) %X %s%e");

    @Override
    public void publish(LogRecord record) {
      all.add(format.format(record));
    }

    boolean has(String part) {
      return all.stream().anyMatch(line -> line.contains(part));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
