package io.lgvq.app.health;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.lgvq.Pictures;
import io.lgvq.app.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Breaks its platform piece by piece, so it has one of its own and an order. */
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthTruthTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Test
  @Order(1)
  void shouldNotBeReadyButAliveWhileTheRegistryIsGone() {
    until("/q/health/ready", 200);
    PlatformResource.current().registry().close();
    until("/q/health/ready", 503);
    get("/q/health/ready")
        .then()
        .body("checks.find { it.name == 'schema-registry' }.status", is("DOWN"))
        .body("checks.find { it.name == 'kafka' }.status", is("UP"))
        .body("checks.find { it.name == 'stages-running' }.status", is("UP"));
    get("/q/health/live").then().statusCode(200);
  }

  @Test
  @Order(2)
  void shouldBeDeadWithReasonWhenAStageHasStopped() throws Exception {
    String servers = PlatformResource.current().bootstrapServers();
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      admin.deleteTopics(List.of("lgvq.questions")).all().get();
    }
    until("/q/health/live", 503);
    get("/q/health/live")
        .then()
        .body("checks.find { it.name == 'stages-alive' }.status", is("DOWN"))
        .body(
            "checks.find { it.name == 'stages-alive' }.data.'answer.failure'",
            containsString("MissingSourceTopic"));
    get("/q/health/ready")
        .then()
        .body("checks.find { it.name == 'kafka' }.data.'missing-topics'", is("lgvq.questions"));
    get("/q/metrics").then().body(containsString("lgvq_stage_running{stage=\"answer\"} 0.0"));
  }

  @Test
  @Order(3)
  void shouldNotBeReadyAndTakeNoImageWhenTheBrokerIsGone() {
    PlatformResource.current().closeBroker();
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'kafka' }.status", is("DOWN"))
                    .body("checks.find { it.name == 'kafka' }.data.reason", notNullValue()));
    given()
        .contentType("image/png")
        .body(Pictures.ball(Color.RED))
        .post("/images")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("type", is("urn:lgvq:problem:kafka-unavailable"));
  }

  private static void until(String path, int status) {
    await().atMost(DEADLINE).untilAsserted(() -> get(path).then().statusCode(status));
  }
}
