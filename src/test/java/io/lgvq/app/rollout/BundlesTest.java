package io.lgvq.app.rollout;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.SecondBundle;
import io.lgvq.app.config.LgvqConfig;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.RolloutStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts and watching, with one small head of real bundles. */
class BundlesTest {
  private static final String OLD = "lgvq-small:" + SecondBundle.shippedVersion();
  private static final String NEW = "lgvq-small:2.0.0";

  @TempDir private Path folder;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Map<String, String> properties = new HashMap<>();
  private Path first;
  private Path second;
  private Optional<Bundles> running = Optional.empty();

  @BeforeEach
  void make() {
    first = SecondBundle.copy(folder.resolve("first"));
    second = SecondBundle.withCodebookOfItsOwn(folder.resolve("second"), "2.0.0");
    properties.put("lgvq.bundle", first.toString());
    properties.put("lgvq.stages", "reconstruct");
    properties.put("lgvq.streams.state-dir", folder.resolve("state").toString());
  }

  @AfterEach
  void stop() {
    running.ifPresent(Bundles::close);
  }

  @Test
  void shouldGoOnAfterARestartWhereTheRolloutWas() {
    Bundles before = started();
    before.load(second);
    before.percentage(0.25);

    RolloutStatus percentage = started().status().orElseThrow();
    assertThat(percentage.phase()).isEqualTo(Phase.PERCENTAGE);
    assertThat(percentage.share()).isEqualTo(0.25);
    assertThat(percentage.published().title()).isEqualTo(OLD);

    running.orElseThrow().switchOver();
    RolloutStatus switched = started().status().orElseThrow();
    assertThat(switched.phase()).isEqualTo(Phase.SWITCHED);
    assertThat(switched.published().title()).isEqualTo(NEW);
    assertThat(switched.beside()).map(LoadedBundle::title).contains(OLD);
  }

  @Test
  void shouldPublishWithTheNewBundleAfterARestartOnceTheOldIsRetired() {
    Bundles before = started();
    before.load(second);
    before.switchOver();
    before.retire(true);

    RolloutStatus after = started().status().orElseThrow();
    assertThat(after.phase()).isEqualTo(Phase.SINGLE);
    assertThat(after.published().title()).isEqualTo(NEW);
    assertThat(after.inMemory()).isEqualTo(1);
  }

  @Test
  void shouldStartWithTheConfiguredBundleWhenThatWasChanged() {
    Bundles before = started();
    before.load(second);
    before.switchOver();
    properties.put(
        "lgvq.bundle",
        SecondBundle.withCodebookOfItsOwn(folder.resolve("third"), "3.0.0").toString());

    RolloutStatus after = started().status().orElseThrow();
    assertThat(after.phase()).isEqualTo(Phase.SINGLE);
    assertThat(after.published().title()).isEqualTo("lgvq-small:3.0.0");
  }

  @Test
  void shouldRefuseToStartWithoutTheBundleOfTheRolloutItWasIn() throws IOException {
    Bundles before = started();
    before.load(second);
    before.switchOver();
    before.close();
    Files.move(second, folder.resolve("moved"));

    assertThatThrownBy(this::started)
        .hasMessageContaining("a rollout was under way")
        .hasMessageContaining(second.getFileName().toString())
        .hasMessageContaining("rollout.properties");
  }

  @Test
  void shouldRetireAtOnceWhereNoHeadReadsTokens() {
    properties.put("lgvq.stages", "tokenize");
    Bundles bundles = started();
    bundles.load(second);
    bundles.switchOver();
    bundles.retire(false);

    assertThat(bundles.status().orElseThrow().inMemory()).isEqualTo(1);
  }

  @Test
  void shouldNotRetireWhatMayHaveUncommittedTokens() {
    Bundles bundles = started();
    bundles.load(second);
    bundles.switchOver();

    assertThatThrownBy(() -> bundles.retire(false))
        .hasMessageContaining(OLD + " is not retired")
        .hasMessageContaining("may not be committed yet");
    assertThat(bundles.status().orElseThrow().inMemory()).isEqualTo(2);
  }

  @Test
  void shouldShowTheLoadedBundlesAsMetrics() {
    Bundles bundles = started();
    bundles.load(second);

    assertThat(metrics.get("lgvq.bundles.loaded").gauge().value()).isEqualTo(2);
    assertThat(metrics.get("lgvq.bundle.info").tags("bundle", OLD, "role", "published").gauge())
        .isNotNull();
    bundles.switchOver();
    assertThat(metrics.get("lgvq.bundle.info").tags("bundle", NEW, "role", "published").gauge())
        .isNotNull();
    assertThat(metrics.get("lgvq.bundle.info").gauges()).hasSize(2);
  }

  @Test
  void shouldRollOutWhatALinkPointsToAfterItHasSettled() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("current"), first);
    properties.put("lgvq.bundle", link.toString());
    properties.put("lgvq.bundle-watch", "10s");
    Bundles bundles = started();
    var clock = new Hands();
    var watch = new BundleWatch(config(), bundles, clock);
    watch.begin();

    watch.look();
    assertThat(bundles.status().orElseThrow().phase()).isEqualTo(Phase.SINGLE);
    point(link, second);
    watch.look();
    assertThat(bundles.status().orElseThrow().phase()).isEqualTo(Phase.BESIDE);
    clock.pass(Duration.ofSeconds(59));
    watch.look();
    assertThat(bundles.publishedTitle()).contains(OLD);
    clock.pass(Duration.ofSeconds(1));
    watch.look();
    assertThat(bundles.publishedTitle()).contains(NEW);

    // Somebody rolls back: the watch does not switch again.
    bundles.rollBack();
    clock.pass(Duration.ofHours(1));
    watch.look();
    watch.look();
    assertThat(bundles.publishedTitle()).contains(OLD);
  }

  @Test
  void shouldKeepTheOldBundleWhileTheNewOneIsHalfCopied() throws IOException {
    properties.put("lgvq.bundle-watch", "10s");
    Bundles bundles = started();
    var watch = new BundleWatch(config(), bundles, new Hands());
    watch.begin();
    copyToFirst("bundle.yaml");

    watch.look();
    assertThat(bundles.status().orElseThrow().phase()).isEqualTo(Phase.SINGLE);
    copyToFirst("codebook.bin");
    copyToFirst("codes.json");
    watch.look();
    assertThat(bundles.status().orElseThrow().beside()).map(LoadedBundle::title).contains(NEW);
  }

  @Test
  void shouldGoOnLookingAfterABundleThatDoesNotFitIntoMemory() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("current"), first);
    properties.put("lgvq.bundle", link.toString());
    properties.put("lgvq.bundle-watch", "10s");
    var failures = new AtomicInteger(1);
    Bundles bundles = LonelyBundles.cramped(config(), metrics, failures);
    bundles.start();
    running = Optional.of(bundles);
    var watch = new BundleWatch(config(), bundles, new Hands());
    watch.begin();
    point(link, second);

    watch.look();
    watch.look();
    assertThat(bundles.status().orElseThrow().phase()).isEqualTo(Phase.SINGLE);
    assertThat(failures).as("attempts that are left").hasValue(0);
    point(link, SecondBundle.withCodebookOfItsOwn(folder.resolve("third"), "3.0.0"));
    watch.look();
    assertThat(bundles.status().orElseThrow().beside())
        .map(LoadedBundle::title)
        .contains("lgvq-small:3.0.0");
  }

  private static void point(Path link, Path bundle) throws IOException {
    Files.delete(link);
    Files.createSymbolicLink(link, bundle);
  }

  private void copyToFirst(String file) throws IOException {
    Files.copy(second.resolve(file), first.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private LgvqConfig config() {
    return configuration(properties);
  }

  /** Stops what runs and starts again, on the same disk. */
  private Bundles started() {
    running.ifPresent(Bundles::close);
    Bundles bundles = LonelyBundles.of(config(), metrics);
    bundles.start();
    running = Optional.of(bundles);
    return bundles;
  }

  /** A clock that the test moves. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-05-04T03:02:01Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
