package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.rig.StageDriver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** One sender's outage is not everybody's. */
class SilentHostTest {

  private static final int EACH = 50;
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  @Test
  void shouldWorkOnGoodImagesBetweenReferencesToHostThatTakesConnectionsAndKeepsSilent()
      throws Exception {
    try (var silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        var driver = new StageDriver(tokenize("127.0.0.1:" + silent.getLocalPort()))) {
      List<String> good = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < EACH; i++) {
        send(driver, referring("lost-" + i, silent.getLocalPort()));
        send(driver, greys("good-" + i, 1, 2, 3, 4));
        good.add("good-" + i);
      }
      driver.linger();
      var took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(driver.read(TOPICS.tokens(), SERDES.tokens()))
          .extracting(TestRecord::key)
          .isEqualTo(good);
      assertThat(driver.deadReasons()).hasSize(EACH).containsOnly("reference-unreachable");
      assertThat(took)
          .as("a wait for each would take longer")
          .isLessThan(TIMEOUT.multipliedBy(EACH));
    }
  }

  private static TokenizeStage tokenize(String host) {
    var claims =
        new ClaimCheckSettings(
            Set.of("http"),
            Set.of(host),
            1 << 20,
            TIMEOUT,
            TIMEOUT,
            new RetrySettings(2, Duration.ofMillis(1)));
    return new TokenizeStage(
        SETTINGS,
        SERDES,
        StageListener.none(),
        new ClaimCheck(claims),
        new GreyDecoder(),
        new PureTokenizer());
  }

  private static ImageEvent referring(String id, int port) {
    ImageEvent event = greys(id, 1, 2, 3, 4);
    event.setContent(
        new ImageReference("http://127.0.0.1:" + port + "/" + id, "0".repeat(64), 1_000L));
    return event;
  }

  private static void send(StageDriver driver, ImageEvent image) {
    driver.send(TOPICS.images(), image.getImageId(), image, SERDES.images());
  }
}
