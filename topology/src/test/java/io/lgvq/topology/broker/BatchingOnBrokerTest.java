package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.ImageTokens;
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
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.rig.StageDriver;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingOnBrokerTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final PureTokenizer tokenizer = new PureTokenizer();
  private final Feed feed = new Feed(cluster.bootstrapServers());

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void shouldFillBatchesUnderLoadAndNotKeepLastRecordsWaiting() {
    TopicNames topics = cluster.topics(prefix, 1);
    send(topics, 0, 100);
    try (var stage = RunningStage.start(tokenize(topics, 16, Duration.ofMillis(100)), prefix, "a");
        var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      assertThat(keys(tokens.atLeast(100))).isEqualTo(images(0, 100));
      assertThat(tokenizer.batches()).contains(16).allMatch(size -> size <= 16);

      send(topics, 100, 101);

      assertThat(keys(tokens.atLeast(101))).isEqualTo(images(0, 101));
      assertThat(tokenizer.batches()).endsWith(1);
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
  }

  @Test
  void shouldRestoreWhatWasPendingWhenTheStageStopped() {
    TopicNames topics = cluster.topics(prefix, 2);
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      try (var stage = RunningStage.start(tokenize(topics, 1_000, LONG), prefix, "a")) {
        send(topics, 0, 25);
        stage.awaitRead(25);
        assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
      }
      assertThat(tokenizer.batches()).isEmpty();

      // Another instance, which finds nothing on its disk; smaller batches than what is pending.
      try (var stage =
          RunningStage.start(tokenize(topics, 4, Duration.ofMillis(50)), prefix, "b")) {
        List<ConsumerRecord<String, byte[]>> records = tokens.atLeast(25);
        assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1))))
            .containsExactlyInAnyOrderElementsOf(images(0, 25));
        assertThat(records)
            .allSatisfy(
                record -> {
                  assertThat(record.timestamp()).isEqualTo(StageDriver.SENT.toEpochMilli());
                  assertThat(record.headers().lastHeader("traceparent").value())
                      .isEqualTo(record.key().getBytes(StandardCharsets.UTF_8));
                  assertThat(codes(topics, record).get(0)).isEqualTo(number(record.key()));
                });
        assertThat(tokenizer.batches()).allMatch(size -> size <= 4);
        assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
      }
    }
  }

  @Test
  void shouldShowNothingOfTransactionInWhichTheEngineFailedAndAllAfterRestart() {
    TopicNames topics = cluster.topics(prefix, 1);
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      tokenizer.fail(1_000);
      try (var stage =
          RunningStage.start(tokenize(topics, 8, Duration.ofMillis(50)), prefix, "a")) {
        send(topics, 0, 20);
        stage.awaitState(KafkaStreams.State.ERROR);
      }
      assertThat(tokens.untilQuiet(Duration.ofMillis(500))).isEmpty();

      tokenizer.fail(0);
      try (var stage =
          RunningStage.start(tokenize(topics, 8, Duration.ofMillis(50)), prefix, "a")) {
        tokens.atLeast(20);
        assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1)))).isEqualTo(images(0, 20));
        assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
      }
    }
    try (var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters())) {
      assertThat(letters.untilQuiet(Duration.ofMillis(500))).isEmpty();
    }
  }

  @Test
  void shouldMakeOneOutputOfEachInputWhileInstancesComeAndGo() {
    TopicNames topics = cluster.topics(prefix, 4);
    Stage stage = tokenize(topics, 8, Duration.ofMillis(50));
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      try (var second = startBesideLoad(topics, stage)) {
        send(topics, 400, 600);
        tokens.atLeast(600);
        assertThat(second.state()).isEqualTo(KafkaStreams.State.RUNNING);
      }
      assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1))))
          .containsExactlyInAnyOrderElementsOf(images(0, 600));
    }
  }

  /** Starts one instance, then another beside it, then stops the first; all under load. */
  private RunningStage startBesideLoad(TopicNames topics, Stage stage) {
    try (var first = RunningStage.start(stage, prefix, "a")) {
      send(topics, 0, 200);
      var second = RunningStage.start(stage, prefix, "b");
      send(topics, 200, 400);
      second.awaitPartitions(2);
      assertThat(first.state()).isNotEqualTo(KafkaStreams.State.ERROR);
      return second;
    }
  }

  private Stage tokenize(TopicNames topics, int maxBatch, Duration linger) {
    var settings =
        new StageSettings(
            topics, new BatchSettings(maxBatch, linger), new RetrySettings(2, Duration.ZERO));
    return new TokenizeStage(
        settings,
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        new GreyDecoder(),
        tokenizer);
  }

  private void send(TopicNames topics, int from, int to) {
    for (int i = from; i < to; i++) {
      String id = "image-" + i;
      feed.send(topics.images(), id, greys(id, i & 0xFF, i >> 8, 0, 0), serdes.images());
    }
    feed.flush();
  }

  private List<Integer> codes(TopicNames topics, ConsumerRecord<String, byte[]> record) {
    ImageTokens tokens =
        serdes.tokens().deserializer().deserialize(topics.tokens(), record.value());
    return tokens.getCodes();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("image-".length()));
  }

  private static List<String> images(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "image-" + i).toList();
  }

  private static List<String> keys(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ConsumerRecord::key).toList();
  }
}
