package io.lgvq.app.metrics;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.Pictures;
import io.lgvq.deploy.AlertRule;
import io.lgvq.deploy.DashboardMetrics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The whole way of an alert: pictures over REST, the shipped model, a real broker, the metrics as
 * Prometheus scrapes them, and the expressions of the rules that are shipped.
 */
@QuarkusTest
@QuarkusTestResource(value = WatchedPlatform.class, restrictToAnnotatedClass = true)
class DriftAlertTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Path SAMPLES = Path.of(System.getProperty("lgvq.root"), "samples");
  private static final int PARTITIONS = 2;

  private int sent;

  @Test
  void shouldAlertWhenTheFeedTurnsIntoAnotherKindOfImageAndCalmDownWhenItTurnsBack()
      throws Exception {
    List<BufferedImage> scenes = scenes();
    assertThat(alerts(get("/q/metrics").asString())).isEmpty();

    awaitWhileFeeding(scenes, UnaryOperator.identity(), () -> windows() >= PARTITIONS && noAlert());
    for (int round = 0; round < 3; round++) {
      feed(scenes, Pictures::mirrored);
      assertThat(alerts(scraped())).isEmpty();
    }

    awaitWhileFeeding(
        scenes, Pictures::negative, () -> alerts(scraped()).contains("LgvqFeedChanged"));
    awaitWhileFeeding(scenes, Pictures::mirrored, this::noAlert);
    awaitWhileFeeding(
        scenes,
        Pictures::night,
        () ->
            alerts(scraped())
                .containsAll(
                    Set.of(
                        "LgvqFeedChanged", "LgvqQuantizationErrorShifted", "LgvqCodesCollapsed")));

    assertThat(scraped().lines().map(line -> line.split("[ {]", 2)[0]))
        .containsAll(
            DashboardMetrics.names().stream()
                .filter(name -> name.startsWith("lgvq_drift_"))
                .toList());
  }

  /** Sends all pictures over and over until something is so. */
  private void awaitWhileFeeding(
      List<BufferedImage> pictures, UnaryOperator<BufferedImage> change, Callable<Boolean> is) {
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              feed(pictures, change);
              return is.call();
            });
  }

  private void feed(List<BufferedImage> pictures, UnaryOperator<BufferedImage> change) {
    for (BufferedImage picture : pictures) {
      given()
          .contentType("image/png")
          .queryParam("id", "picture-" + sent++)
          .body(Pictures.png(change.apply(picture)))
          .post("/images")
          .then()
          .statusCode(202);
    }
    await().atMost(DEADLINE).until(() -> counted() >= sent);
  }

  private boolean noAlert() throws IOException {
    return alerts(scraped()).isEmpty();
  }

  private static Set<String> alerts(String scrape) throws IOException {
    return AlertRule.of("lgvq-drift").stream()
        .filter(rule -> rule.holds(scrape))
        .map(AlertRule::name)
        .collect(Collectors.toSet());
  }

  private static String scraped() {
    return get("/q/metrics").asString();
  }

  private static long windows() {
    return scraped().lines().filter(line -> line.startsWith("lgvq_drift_images{")).count();
  }

  /** Records that the drift stage has read. */
  private static long counted() {
    return scraped()
        .lines()
        .filter(line -> line.startsWith("lgvq_records_total{stage=\"drift\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<BufferedImage> scenes() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      List<Path> scenes =
          files
              .filter(file -> file.getFileName().toString().startsWith("scene-"))
              .sorted()
              .toList();
      assertThat(scenes).hasSizeGreaterThan(60);
      List<BufferedImage> pictures = new ArrayList<>();
      for (Path scene : scenes) {
        pictures.add(ImageIO.read(scene.toFile()));
      }
      return pictures;
    }
  }
}
