package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.stage.DriftStage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftOnBrokerTest {

  private static final int PARTITIONS = 2;

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, PARTITIONS);
  private final Feed feed = new Feed(cluster.bootstrapServers());
  private final OrdinaryCodes ordinary = new OrdinaryCodes();

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void shouldGoOnWithOpenWindowsAfterRestartOnAnotherDiskAndCountEveryImageOnce() {
    try (var drifts = new Committed(cluster.bootstrapServers(), topics.drift())) {
      try (var stage = RunningStage.start(drift(Duration.ofHours(1)), prefix, "a")) {
        see(0, 40, 0);
        stage.awaitRead(40);
        assertThat(drifts.poll(Duration.ofMillis(200))).isEmpty();
      }
      try (var stage = RunningStage.start(drift(Duration.ofMillis(100)), prefix, "b")) {
        drifts.atLeast(PARTITIONS);
        assertThat(images(drifts)).isEqualTo(40);

        see(40, 80, OrdinaryCodes.COUNT);
        await().atMost(Duration.ofMinutes(1)).until(() -> images(drifts) >= 80);
      }
      assertThat(drifts.untilQuiet(Duration.ofSeconds(1))).isNotEmpty();
      assertThat(images(drifts)).isEqualTo(80);
      assertThat(read(drifts).subList(0, PARTITIONS))
          .allSatisfy(drift -> assertThat(drift.getRareShare()).isZero());
      assertThat(read(drifts).subList(PARTITIONS, read(drifts).size()))
          .allSatisfy(drift -> assertThat(drift.getRareShare()).isEqualTo(1));
    }
  }

  private DriftStage drift(Duration window) {
    var settings = new StageSettings(topics, BatchSettings.standard(), RetrySettings.standard());
    return new DriftStage(
        settings,
        new DriftSettings(window, 1, 0.25),
        serdes,
        StageListener.none(),
        Rollout.watching(CODEBOOK, ordinary.reference(CODEBOOK)));
  }

  /** Sends images of the numbers {@code from .. to - 1}, whose codes are moved by so much. */
  private void see(int from, int to, int by) {
    for (int i = from; i < to; i++) {
      String id = "image-" + i;
      feed.send(topics.tokens(), id, tokens(id, CODEBOOK, ordinary.next(by)), serdes.tokens());
    }
    feed.flush();
  }

  private long images(Committed drifts) {
    drifts.poll(Duration.ofMillis(100));
    return read(drifts).stream().mapToLong(CodebookDrift::getImages).sum();
  }

  private List<CodebookDrift> read(Committed drifts) {
    return drifts.poll(Duration.ZERO).stream()
        .map(record -> serdes.drift().deserializer().deserialize(topics.drift(), record.value()))
        .toList();
  }
}
