package io.lgvq.app.rest;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.lgvq.Pictures;
import io.lgvq.app.PlatformResource;
import io.lgvq.deploy.DashboardMetrics;
import io.lgvq.operators.bundle.Bundle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.awt.Color;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, restrictToAnnotatedClass = true)
class RestTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final List<String> STAGES =
      List.of("tokenize", "caption", "answer", "reconstruct");

  @Test
  void shouldGiveTokensCaptionReconstructionAndAnswerOfPostedImage() throws Exception {
    String id = post(Pictures.ball(Color.RED));

    Response tokens = result(id, "tokens");
    Bundle bundle = Bundle.open(PlatformResource.bundle());
    assertThat(tokens.jsonPath().getList("codes")).hasSize(bundle.manifest().grid().codes());
    assertThat(tokens.jsonPath().getString("codebook.digest"))
        .isEqualTo(bundle.codebook().digest());
    assertThat(tokens.jsonPath().getString("imageId")).isEqualTo(id);
    assertThat(result(id, "caption").jsonPath().getDouble("logProbability")).isNegative();
    Response picture = result(id, "reconstruction");
    assertThat(picture.contentType()).isEqualTo("image/png");
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.asByteArray())).getWidth())
        .isEqualTo(bundle.manifest().image().width());

    given()
        .contentType("application/json")
        .body(Map.of("text", "what colour is the ball?"))
        .post("/images/{id}/questions", id)
        .then()
        .statusCode(200)
        .body("imageId", is(id))
        .body("question", is("what colour is the ball?"))
        .body("status", in(List.of("ANSWERED", "UNSURE")))
        .body("text", in(bundle.answers()))
        .body("probability", greaterThan(0f));
  }

  @Test
  void shouldTakeImageFromForm() {
    String id = "form-" + UUID.randomUUID();
    given()
        .multiPart("file", "ball.png", Pictures.ball(Color.BLUE), "image/png")
        .multiPart("id", id)
        .post("/images")
        .then()
        .statusCode(202)
        .header("Location", endsWith("/images/" + id))
        .body("imageId", is(id));
    result(id, "caption");
  }

  @Test
  void shouldAnswerQuestionThatCameBeforeItsImage() throws Exception {
    String id = "early-" + UUID.randomUUID();
    var reply = new java.util.concurrent.CompletableFuture<Response>();
    Thread asking =
        new Thread(
            () ->
                reply.complete(
                    given()
                        .contentType("application/json")
                        .body(Map.of("text", "what is this?"))
                        .post("/images/{id}/questions", id)));
    asking.start();
    record("lgvq.questions", id); // the question is in Kafka, and the image is not
    assertThat(reply).isNotDone();
    given()
        .contentType("image/png")
        .queryParam("id", id)
        .body(Pictures.ball(Color.GREEN))
        .post("/images")
        .then()
        .statusCode(202);
    Response answered = reply.get(60, java.util.concurrent.TimeUnit.SECONDS);
    assertThat(answered.statusCode()).isEqualTo(200);
    String questionId = answered.jsonPath().getString("questionId");
    get("/images/{id}/answers/{question}", id, questionId)
        .then()
        .statusCode(200)
        .body("text", equalTo(answered.jsonPath().getString("text")));
  }

  @Test
  void shouldCarryTraceContextAndCloudEventsFromRequestToResultRecords() {
    String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    String id =
        given()
            .contentType("image/png")
            .header("traceparent", traceparent)
            .header("tracestate", "vendor=1")
            .header("ce-id", "event-7")
            .header("CE-Source", "/camera/3")
            .header("authorization", "Bearer secret")
            .body(Pictures.ball(Color.BLACK))
            .post("/images")
            .then()
            .statusCode(202)
            .extract()
            .path("imageId");
    var headers = record("lgvq.captions", id).headers();
    assertThat(text(headers, "traceparent")).isEqualTo(traceparent);
    assertThat(text(headers, "tracestate")).isEqualTo("vendor=1");
    assertThat(text(headers, "ce_id")).isEqualTo("event-7");
    assertThat(text(headers, "ce_source")).isEqualTo("/camera/3");
    assertThat(headers.headers("authorization")).isEmpty();
  }

  @Test
  void shouldTellWhyImageWasRefused() {
    byte[] png = Pictures.ball(Color.RED);
    String id = post(java.util.Arrays.copyOf(png, png.length / 2));
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                get("/images/{id}/tokens", id)
                    .then()
                    .statusCode(422)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("type", is("urn:lgvq:problem:refused"))
                    .body("reason", is("image-corrupt")));
    assertThat(get("/q/metrics").asString())
        .containsPattern(
            "lgvq_dead_letters_total\\{reason=\"image-corrupt\",stage=\"tokenize\"} [1-9]");
  }

  @Test
  void shouldRefuseWhatIsNoImageAtAll() {
    given()
        .contentType("image/png")
        .body(new byte[0])
        .post("/images")
        .then()
        .statusCode(400)
        .contentType(Problem.MEDIA_TYPE)
        .body("type", is("urn:lgvq:problem:empty-image"));
    given()
        .contentType("image/png")
        .body(new byte[1_000_001])
        .post("/images")
        .then()
        .statusCode(413)
        .body("detail", containsString("lgvq.image.max-bytes"));
    given().contentType("text/plain").body("hello").post("/images").then().statusCode(415);
  }

  /** The refusal comes before the body, so a body on its way would meet a closed connection. */
  @Test
  void shouldRefuseBodyThatHttpItselfDoesNotTake() throws IOException {
    int mostBytes = 1_000_000 + (1 << 20);
    assertThat(answerToHead(mostBytes + 1)).startsWith("HTTP/1.1 413");
  }

  /** The first line that comes back when a body of this length is announced. */
  private static String answerToHead(int length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(30_000);
      String head =
          "POST /images HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: "
              + length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void shouldRefuseIdThatIsNone() {
    given()
        .contentType("image/png")
        .queryParam("id", "../../etc")
        .body(Pictures.ball(Color.RED))
        .post("/images")
        .then()
        .statusCode(400)
        .body("type", is("urn:lgvq:problem:invalid-id"));
    get("/images/{id}/tokens", "a b").then().statusCode(400);
  }

  @Test
  void shouldSayInProblemThatThereIsNoResult() {
    get("/images/never-sent/caption")
        .then()
        .statusCode(404)
        .contentType(Problem.MEDIA_TYPE)
        .body("type", is("urn:lgvq:problem:no-result"))
        .body("status", is(404))
        .body("detail", containsString("never-sent"))
        .body("$", not(hasKey("reason")));
    get("/nowhere").then().statusCode(404);
  }

  @Test
  void shouldRefuseQuestionWithoutTextOrWithTooMuch() {
    for (String text : List.of("", "   ", "why ".repeat(300))) {
      given()
          .contentType("application/json")
          .body(Map.of("text", text))
          .post("/images/any/questions")
          .then()
          .statusCode(400)
          .body("type", is("urn:lgvq:problem:invalid-question"));
    }
    given()
        .contentType("application/json")
        .body("{not json")
        .post("/images/any/questions")
        .then()
        .statusCode(400);
  }

  @Test
  void shouldDescribeEveryPathInOpenApi() {
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("info.title", is("LG-VQ Streams"))
        .body(
            "paths.keySet()",
            hasItems(
                "/images",
                "/images/{id}/tokens",
                "/images/{id}/caption",
                "/images/{id}/reconstruction",
                "/images/{id}/questions",
                "/images/{id}/answers/{questionId}"))
        .body("paths.'/images'.post.responses.'413'.description", notNullValue())
        .body("components.schemas.Tokens.properties.codes.description", notNullValue());
  }

  @Test
  void shouldReportWhatEveryStageDoes() {
    result(post(Pictures.ball(Color.ORANGE)), "reconstruction");
    String metrics = get("/q/metrics").asString();
    for (String stage : STAGES) {
      assertThat(metrics).contains("lgvq_stage_running{stage=\"" + stage + "\"} 1.0");
      assertThat(metrics).contains("lgvq_batch_size_bucket{stage=\"" + stage + "\"");
      assertThat(metrics).contains("lgvq_queue_age_seconds_bucket{stage=\"" + stage + "\"");
      assertThat(metrics)
          .contains("lgvq_dead_letters_total{reason=\"value-unreadable\",stage=\"" + stage);
    }
    assertThat(metrics).containsPattern("lgvq_batches_total\\{stage=\"tokenize\"} [1-9]");
    assertThat(metrics)
        .containsPattern("lgvq_records_total\\{stage=\"tokenize\",topic=\"lgvq.images\"} [1-9]");
  }

  /** By the names that the alert goes by; Kafka's clients have them once they have fetched. */
  @Test
  void shouldShowTheLagOfEveryStage() throws Exception {
    result(post(Pictures.ball(Color.PINK)), "reconstruction");
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> {
              String metrics = get("/q/metrics").asString();
              for (String stage : STAGES) {
                assertThat(metrics)
                    .containsPattern(
                        "kafka_consumer_fetch_manager_records_lag\\{client_id=\"lgvq-"
                            + stage
                            + "-[^\"]+-StreamThread-1-consumer\",[^}]*partition=\"0\"[^}]*} 0");
              }
            });
  }

  @Test
  void shouldServeEveryMetricThatTheDashboardShows() throws Exception {
    result(post(Pictures.ball(Color.GREEN)), "reconstruction");
    List<String> shown =
        DashboardMetrics.names().stream()
            .filter(name -> !name.startsWith("lgvq_drift_")) // that stage does not run here
            .toList();
    await() // for what Kafka's clients have once they have fetched
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(
                        get("/q/metrics").asString().lines().map(line -> line.split("[ {]", 2)[0]))
                    .containsAll(shown));
  }

  @Test
  void shouldBeAliveAndReadyWithEveryStageRunning() {
    var manifest = Bundle.open(PlatformResource.bundle()).manifest();
    await().atMost(DEADLINE).untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
    get("/q/health/ready")
        .then()
        .body("status", is("UP"))
        .body("checks.name", hasItems("stages-running", "kafka", "schema-registry", "results-read"))
        .body(
            "checks.find { it.name == 'stages-running' }.data.bundle",
            is(manifest.name() + ":" + manifest.version()));
    get("/q/health/live")
        .then()
        .statusCode(200)
        .body("checks", hasSize(greaterThan(0)))
        .body("checks.find { it.name == 'stages-alive' }.data.tokenize", notNullValue());
  }

  private static String post(byte[] image) {
    return given()
        .contentType("image/png")
        .body(image)
        .post("/images")
        .then()
        .statusCode(202)
        .extract()
        .path("imageId");
  }

  private static Response result(String id, String what) {
    return await()
        .atMost(DEADLINE)
        .until(() -> get("/images/{id}/{what}", id, what), reply -> reply.statusCode() == 200);
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Reads the topic until the record of a key has come. */
  private static ConsumerRecord<String, byte[]> record(String topic, String key) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", PlatformResource.current().bootstrapServers());
    settings.put("group.id", "test-reader-" + UUID.randomUUID());
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + DEADLINE.toNanos();
      while (System.nanoTime() < deadline) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (key.equals(record.key())) {
            return record;
          }
        }
      }
    }
    throw new AssertionError("no record of " + key + " in " + topic);
  }
}
