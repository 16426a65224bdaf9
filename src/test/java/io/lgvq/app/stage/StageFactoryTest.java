package io.lgvq.app.stage;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.app.config.StageName;
import io.lgvq.app.rollout.LonelyBundles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFactoryTest {
  /** A bundle as there were before the reference. */
  private static final Path WITHOUT_REFERENCE =
      Path.of(System.getProperty("lgvq.root"), "operators/src/test/resources/bundles/untrained");

  @TempDir private Path state;

  @Test
  void shouldSayWhatABundleLacksThatIsToWatchAFeed() {
    var config =
        configuration(
            Map.of(
                "lgvq.bundle",
                WITHOUT_REFERENCE.toString(),
                "lgvq.stages",
                "drift",
                "lgvq.streams.state-dir",
                state.toString()));
    var bundles = LonelyBundles.of(config, new SimpleMeterRegistry());
    // Neither serdes nor listener are used before the start.
    StageFactory factory = new StageFactory(config, null, null, bundles);

    assertThatThrownBy(() -> factory.open(List.of(StageName.DRIFT)))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("lgvq.bundle: ")
        .hasMessageContaining("has no code reference, which the stage drift needs")
        .hasMessageContaining("lgvq bundle reference");
  }
}
