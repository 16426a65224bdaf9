package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SlowTokenizer;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is slower than its feed. */
class SlowEngineTest {

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private TopicNames topics = cluster.topics(prefix, 2);

  // Kept after a failure, for what the process said.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  /** A thousand records a partition, as Kafka Streams would hold by itself, are 300 MB. */
  @Test
  void shouldWorkOffBacklogThatIsLargerThanItsHeap() throws Exception {
    int images = 2_400;
    send(images, 150_000);
    File log = folder.resolve("process.log").toFile();
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      var process = TokenizeProcess.start(cluster, prefix, log, "256m", Duration.ofMillis(8));
      await()
          .atMost(Duration.ofMinutes(4))
          .until(
              () -> {
                assertThat(process.isAlive()).as("still runs; see %s", log).isTrue();
                return tokens.poll(Duration.ofMillis(100)).size() >= images;
              });
      process.kill();
      assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1))))
          .containsExactlyInAnyOrderElementsOf(ids(images));
    }
  }

  @Test
  void shouldShowItsLagAndKeepItsPartitionsWhileItIsBehind() {
    int images = 400;
    try (var stage = RunningStage.start(slow(Duration.ofMillis(25)), prefix, "a");
        var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      stage.awaitExactPartitions(2);
      double rebalances = stage.metric("rebalance-total");

      send(images, 0);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(stage.metric("records-lag")).isGreaterThan(100));

      tokens.atLeast(images);

      assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1))))
          .containsExactlyInAnyOrderElementsOf(ids(images));
      assertThat(stage.metric("rebalance-total")).isEqualTo(rebalances);
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(stage.metric("records-lag")).isZero());
    }
  }

  /** Each batch is as quick as was promised; all partitions' together outlast a transaction. */
  @Test
  void shouldFinishRoundOfManyPartitionsThatTakesLongerThanATransactionMay() {
    int images = 64;
    String wide = cluster.newPrefix();
    topics = cluster.topics(wide, 8);
    send(images, 0);
    try (var stage = RunningStage.start(slow(Duration.ofMillis(190)), wide, "a");
        var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      double rebalances = stage.metric("rebalance-total");

      tokens.atLeast(images);

      assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1))))
          .containsExactlyInAnyOrderElementsOf(ids(images));
      assertThat(stage.metric("rebalance-total")).as("begun anew").isEqualTo(rebalances);
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
  }

  private void send(int count, int padding) {
    try (var feed = new Feed(cluster.bootstrapServers())) {
      for (String id : ids(count)) {
        ImageEvent event = greys(id, 1, 2, 3, 4);
        event.setAttributes(Map.of("padding", "x".repeat(padding)));
        feed.send(topics.images(), id, event, serdes.images());
      }
      feed.flush();
    }
  }

  /** A stage whose engine takes its time for each image. */
  private Stage slow(Duration workAnImage) {
    return new TokenizeStage(
        new StageSettings(
            topics,
            new BatchSettings(4, Duration.ofMillis(20)),
            new RetrySettings(1, Duration.ZERO)),
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        new GreyDecoder(),
        new SlowTokenizer(workAnImage));
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "image-" + i).toList();
  }

  private static List<String> keys(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ConsumerRecord::key).toList();
  }
}
