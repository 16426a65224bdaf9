package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.Caption;
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
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallBundle;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A rollout from beginning to end while images keep coming. */
class RolloutOnBrokerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 2);
  private final Rollout rollout = new Rollout(new SmallBundle(CODEBOOK).loaded());
  private final Committed tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
  private final Committed captions = new Committed(cluster.bootstrapServers(), topics.captions());

  @Test
  void shouldRollOutUnderLoadWithoutLossDoublingMixtureOrGap() throws Exception {
    var steady = new Steady();
    try (var tokenizing = RunningStage.start(tokenize(), prefix, "a");
        var captioning = RunningStage.start(caption(), prefix, "a")) {
      tokenizing.awaitPartitions(2);
      captioning.awaitPartitions(2);
      steady.start();
      awaitTokens(CODEBOOK.digest());

      rollout.load(FOREIGN, () -> new SmallBundle(FOREIGN).loaded());
      rollout.shadow(1);
      await()
          .atMost(PATIENCE)
          .until(() -> rollout.status().shadow().orElseThrow().beside().images() > 20);
      rollout.percentage(0.5);
      awaitTokens(FOREIGN.digest());
      tokens.atLeast(tokens.poll(Duration.ZERO).size() + 30);
      rollout.switchOver();
      awaitTokens(FOREIGN.digest());
      tokens.atLeast(tokens.poll(Duration.ZERO).size() + 30);
      int sent = steady.stop();
      tokens.atLeast(sent);
      captions.atLeast(sent);
      rollout.retire();

      assertThat(rollout.status().phase()).isEqualTo(Phase.SINGLE);
      assertThat(rollout.status().inMemory()).isEqualTo(1);
      assertEachOnceAndNoneMixed(sent);
    } finally {
      steady.stop();
      tokens.close();
      captions.close();
    }
  }

  private void assertEachOnceAndNoneMixed(int sent) {
    List<String> ids = IntStream.range(0, sent).mapToObj(RolloutOnBrokerTest::id).toList();
    Map<String, String> codebooks = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : all(tokens)) {
      assertThat(codebooks.put(record.key(), tokens(record).getCodebook().getDigest()))
          .as("earlier tokens of " + record.key())
          .isNull();
    }
    assertThat(codebooks.keySet()).containsExactlyInAnyOrderElementsOf(ids);
    Map<String, String> captioned = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : all(captions)) {
      assertThat(captioned.put(record.key(), caption(record).getCodebookDigest()))
          .as("earlier caption of " + record.key())
          .isNull();
    }
    assertThat(captioned).as("each caption is of its tokens' codebook").isEqualTo(codebooks);
    try (var dead = new Committed(cluster.bootstrapServers(), topics.deadLetters())) {
      assertThat(dead.untilQuiet(Duration.ofMillis(500))).isEmpty();
    }
    long tokensGap = longestGap(all(tokens).stream().map(r -> tokens(r).getTokenizedAt()));
    long captionsGap = longestGap(all(captions).stream().map(r -> caption(r).getCaptionedAt()));
    System.out.printf(
        "rollout under load: %d images, longest gap between tokens %d ms, between captions %d ms%n",
        sent, tokensGap, captionsGap);
    // Far above what a switch takes: a machine that is busy with other things must not fail it.
    assertThat(Math.max(tokensGap, captionsGap)).isLessThan(30_000);
  }

  /** Returns when tokens of a codebook come that were sent after now. */
  private void awaitTokens(String digest) {
    int before = all(tokens).size();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                all(tokens).stream()
                    .skip(before)
                    .anyMatch(record -> tokens(record).getCodebook().getDigest().equals(digest)));
  }

  private static List<ConsumerRecord<String, byte[]>> all(Committed topic) {
    return topic.poll(Duration.ofMillis(20));
  }

  private ImageTokens tokens(ConsumerRecord<String, byte[]> record) {
    return serdes.tokens().deserializer().deserialize(topics.tokens(), record.value());
  }

  private Caption caption(ConsumerRecord<String, byte[]> record) {
    return serdes.captions().deserializer().deserialize(topics.captions(), record.value());
  }

  /** The longest time in milliseconds in which nothing was made. */
  private static long longestGap(Stream<Instant> made) {
    long[] times = made.mapToLong(Instant::toEpochMilli).sorted().toArray();
    return IntStream.range(1, times.length).mapToLong(i -> times[i] - times[i - 1]).max().orElse(0);
  }

  private StageSettings settings() {
    return new StageSettings(
        topics, new BatchSettings(8, Duration.ofMillis(20)), new RetrySettings(1, Duration.ZERO));
  }

  private TokenizeStage tokenize() {
    var claimCheck = new ClaimCheck(ClaimCheckSettings.off());
    return new TokenizeStage(settings(), serdes, StageListener.none(), claimCheck, rollout);
  }

  private CaptionStage caption() {
    return new CaptionStage(settings(), serdes, StageListener.none(), rollout);
  }

  private static String id(int number) {
    return "image-" + number;
  }

  /** Sends an image every few milliseconds. */
  private final class Steady {
    private final AtomicBoolean on = new AtomicBoolean(true);
    private final Thread thread = new Thread(this::feed, "steady-feed");
    private volatile int sent;

    void start() {
      thread.start();
    }

    int stop() throws InterruptedException {
      on.set(false);
      thread.join();
      return sent;
    }

    private void feed() {
      try (var feed = new Feed(cluster.bootstrapServers())) {
        while (on.get()) {
          feed.send(topics.images(), id(sent), greys(id(sent), 1, 2, 3, 4), serdes.images());
          sent++;
          Thread.sleep(10);
        }
        feed.flush();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
