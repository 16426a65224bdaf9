package io.lgvq.app.rest;

import static io.lgvq.app.config.TestConfig.configuration;
import static io.restassured.RestAssured.delete;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.lgvq.Pictures;
import io.lgvq.SecondBundle;
import io.lgvq.app.PlatformResource;
import io.lgvq.operators.bundle.Bundle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A rollout in the whole application, over its admin interface. */
@QuarkusTest
@TestProfile(RolloutRestTest.AdminOn.class)
@QuarkusTestResource(value = PlatformResource.class, restrictToAnnotatedClass = true)
class RolloutRestTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Transactions are short, so that a retired bundle is not waited for half a minute. */
  public static final class AdminOn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lgvq.admin.enabled", "true", "lgvq.streams.slowest-batch", "4s");
    }
  }

  @Test
  void shouldRollABundleOutWhileImagesAndQuestionsCome() throws Exception {
    Path folder = Files.createTempDirectory("lgvq-rollout-test-");
    String oldDigest = Bundle.open(PlatformResource.bundle()).codebook().digest();
    Path second = SecondBundle.withCodebookOfItsOwn(folder.resolve("second"), "2.0.0");
    String newDigest = Bundle.open(second).codebook().digest();
    String early = send(Color.RED);
    assertThat(digest(early)).isEqualTo(oldDigest);

    status("single", 1);
    load(folder.resolve("nowhere").toString())
        .statusCode(422)
        .body("detail", containsString("There is no bundle at"));
    load(second.toString())
        .statusCode(200)
        .body("phase", is("beside"))
        .body("published.version", is(SecondBundle.shippedVersion()))
        .body("beside.codebook", is(newDigest))
        .body("bundlesInMemory", is(2));
    mode("shadow", 100).statusCode(200).body("phase", is("shadow"));
    assertThat(digest(send(Color.BLUE))).isEqualTo(oldDigest);
    status("shadow", 2).body("shadow.beside.images", greaterThan(0));
    mode("percentage", 100).statusCode(200).body("percent", is(100f));
    String shared = send(Color.GREEN);
    assertThat(digest(shared)).isEqualTo(newDigest);
    delete("/admin/rollout/bundle")
        .then()
        .statusCode(409)
        .body("type", endsWith("rollout-refused"));
    post("/admin/rollout/switch").then().statusCode(200).body("published.version", is("2.0.0"));
    String late = send(Color.YELLOW);
    assertThat(digest(late)).isEqualTo(newDigest);
    result(late, "caption").then().body("model", is("lgvq-small:2.0.0"));
    assertAnswered(early);
    assertAnswered(late);

    await().atMost(DEADLINE).until(() -> delete("/admin/rollout/bundle").statusCode() == 200);
    status("single", 1).body("published.version", is("2.0.0"));
    assertThat(digest(send(Color.WHITE))).isEqualTo(newDigest);
    assertThat(get("/q/metrics").asString())
        .contains("lgvq_bundles_loaded 1.0")
        .contains("role=\"published\"");
    get("/q/health/ready").then().body(containsString("lgvq-small:2.0.0"));
  }

  @Test
  void shouldDescribeEveryStepInOpenApi() {
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .body(
            "paths.keySet()",
            hasItems(
                "/admin/rollout",
                "/admin/rollout/bundle",
                "/admin/rollout/mode",
                "/admin/rollout/switch",
                "/admin/rollout/rollback"))
        .body("paths.'/admin/rollout/switch'.post.responses.'409'.description", notNullValue())
        .body("components.schemas.Rollout.properties.phase.description", notNullValue());
  }

  @Test
  void shouldSayWhatIsWrongWithAStep() {
    mode("half", 50).statusCode(400).body("detail", containsString("percentage"));
    load("  ").statusCode(400).body("type", endsWith("invalid-step"));
  }

  @Test
  void shouldRefuseEveryStepWhereTheAdminInterfaceIsOff() {
    var resource = new RolloutResource(null, configuration(Map.of()));
    for (Runnable step :
        List.<Runnable>of(
            resource::status,
            resource::switchOver,
            resource::rollBack,
            () -> resource.retire(false),
            () -> resource.load(new RolloutResource.Location("x")))) {
      assertThatThrownBy(step::run)
          .isInstanceOfSatisfying(
              ProblemException.class,
              thrown -> {
                assertThat(thrown.problem().status()).isEqualTo(403);
                assertThat(thrown.problem().detail()).contains("lgvq.admin.enabled=false");
              });
    }
  }

  private static ValidatableResponse status(String phase, int inMemory) {
    return get("/admin/rollout")
        .then()
        .statusCode(200)
        .body("phase", is(phase))
        .body("bundlesInMemory", is(inMemory));
  }

  private static ValidatableResponse load(String location) {
    return given()
        .contentType("application/json")
        .body(Map.of("location", location))
        .put("/admin/rollout/bundle")
        .then();
  }

  private static ValidatableResponse mode(String mode, double percent) {
    return given()
        .contentType("application/json")
        .body(Map.of("mode", mode, "percent", percent))
        .put("/admin/rollout/mode")
        .then();
  }

  private static void assertAnswered(String id) {
    given()
        .contentType("application/json")
        .body(Map.of("text", "what colour is the ball?"))
        .post("/images/{id}/questions", id)
        .then()
        .statusCode(200)
        .body("status", in(List.of("ANSWERED", "UNSURE")));
  }

  private static String send(Color colour) throws Exception {
    String id = "ball-" + UUID.randomUUID();
    given()
        .contentType("image/png")
        .queryParam("id", id)
        .body(Pictures.ball(colour))
        .post("/images")
        .then()
        .statusCode(202);
    return id;
  }

  private static String digest(String id) {
    return result(id, "tokens").jsonPath().getString("codebook.digest");
  }

  private static Response result(String id, String what) {
    return await()
        .atMost(DEADLINE)
        .until(
            () -> get("/images/{id}/{what}", id, what), response -> response.statusCode() == 200);
  }
}
