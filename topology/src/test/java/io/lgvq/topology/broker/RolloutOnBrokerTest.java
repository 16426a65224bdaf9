package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallBundle;
import io.lgvq.topology.rig.Visible;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** A rollout from beginning to end while images and questions keep coming. */
class RolloutOnBrokerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int PARTITIONS = 2;

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, PARTITIONS);
  private final List<String> outputs =
      List.of(topics.tokens(), topics.captions(), topics.answers(), topics.reconstructions());
  private final Rollout rollout = new Rollout(new SmallBundle(CODEBOOK).loaded());
  private final Visible visible =
      new Visible(
          cluster.bootstrapServers(),
          Stream.concat(outputs.stream(), Stream.of(topics.deadLetters())).toArray(String[]::new));
  private final StepGaps gaps = new StepGaps(visible);

  @Test
  void shouldRollOutUnderLoadWithoutLossDoublingMixtureOrGap() throws Exception {
    var steady = new Steady();
    try (var tokenizing = start(tokenize());
        var captioning = start(new CaptionStage(settings(), serdes, silent(), rollout));
        var answering = start(answer());
        var reconstructing = start(new ReconstructStage(settings(), serdes, silent(), rollout))) {
      steady.start();
      until(() -> outputs.stream().noneMatch(topic -> visible.records(topic).isEmpty()));
      gaps.begin();

      gaps.step("load", () -> rollout.load(FOREIGN, () -> new SmallBundle(FOREIGN).loaded()));
      gaps.step("shadow", () -> rollout.shadow(1));
      until(() -> rollout.status().shadow().orElseThrow().beside().images() > 20);
      gaps.step("percentage", () -> rollout.percentage(0.5));
      until(() -> digests().contains(FOREIGN.digest()));
      gaps.step("switch", rollout::switchOver);
      int after = steady.sent();
      until(() -> isPast(after));
      gaps.step("retire", rollout::retire);
      gaps.end();
      int sent = steady.stop();
      until(
          () ->
              outputs.stream()
                  .allMatch(topic -> visible.records(topic).size() >= due(topic, sent)));

      assertThat(rollout.status().phase()).isEqualTo(Phase.SINGLE);
      assertThat(rollout.status().inMemory()).isEqualTo(1);
      assertEachOnceAndNoneMixed(sent);
      outputs.forEach(gaps::assertNoGap);
    } finally {
      steady.stop();
      visible.close();
    }
  }

  /** How many records come of so many images. */
  private long due(String topic, int images) {
    return topic.equals(topics.answers())
        ? IntStream.range(0, images).filter(RolloutOnBrokerTest::isAskedAbout).count()
        : images;
  }

  private static void until(BooleanSupplier condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> condition.getAsBoolean());
  }

  /** Whether everything is made that comes of the images before this one, in each partition. */
  private boolean isPast(int image) {
    return outputs.stream()
        .allMatch(
            topic ->
                visible.records(topic).stream()
                        .filter(record -> number(record.key()) >= image)
                        .map(ConsumerRecord::partition)
                        .distinct()
                        .count()
                    == PARTITIONS);
  }

  private void assertEachOnceAndNoneMixed(int sent) {
    Map<String, String> codebooks =
        once(
            topics.tokens(),
            serdes.tokens(),
            ImageTokens::getImageId,
            made -> made.getCodebook().getDigest());
    assertThat(codebooks.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, sent).mapToObj(RolloutOnBrokerTest::id).toList());
    assertThat(
            once(
                topics.captions(),
                serdes.captions(),
                Caption::getImageId,
                Caption::getCodebookDigest))
        .as("each caption is of its tokens' codebook")
        .isEqualTo(codebooks);
    assertThat(
            once(
                topics.reconstructions(),
                serdes.reconstructions(),
                Reconstruction::getImageId,
                Reconstruction::getCodebookDigest))
        .as("each picture is of its tokens' codebook")
        .isEqualTo(codebooks);
    Map<String, String> asked =
        codebooks.entrySet().stream()
            .filter(image -> isAskedAbout(number(image.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(
            once(topics.answers(), serdes.answers(), Answer::getImageId, Answer::getCodebookDigest))
        .as("each answer is of its tokens' codebook")
        .isEqualTo(asked);
    assertThat(visible.records(topics.deadLetters())).isEmpty();
  }

  /** What each image's one record of a topic says. */
  private <T> Map<String, String> once(
      String topic, Serde<T> serde, Function<T, String> image, Function<T, String> said) {
    Map<String, String> all = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : visible.records(topic)) {
      T event = serde.deserializer().deserialize(topic, record.value());
      assertThat(all.put(image.apply(event), said.apply(event)))
          .as("an earlier record of %s in %s", record.key(), topic)
          .isNull();
    }
    return all;
  }

  private Set<String> digests() {
    Set<String> digests = new HashSet<>();
    for (ConsumerRecord<String, byte[]> record : visible.records(topics.tokens())) {
      digests.add(
          serdes
              .tokens()
              .deserializer()
              .deserialize(topics.tokens(), record.value())
              .getCodebook()
              .getDigest());
    }
    return digests;
  }

  private RunningStage start(Stage stage) {
    RunningStage running = RunningStage.start(stage, prefix, "a");
    running.awaitPartitions(PARTITIONS);
    return running;
  }

  private StageSettings settings() {
    return new StageSettings(
        topics, new BatchSettings(8, Duration.ofMillis(20)), new RetrySettings(1, Duration.ZERO));
  }

  private Stage tokenize() {
    var claimCheck = new ClaimCheck(ClaimCheckSettings.off());
    return new TokenizeStage(settings(), serdes, silent(), claimCheck, rollout);
  }

  private Stage answer() {
    return new AnswerStage(settings(), AnswerSettings.standard(), serdes, silent(), rollout);
  }

  private static StageListener silent() {
    return StageListener.none();
  }

  private static String id(int number) {
    return "image-" + number;
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("image-".length()));
  }

  private static boolean isAskedAbout(int image) {
    return image % 3 == 0;
  }

  /** Sends an image every few milliseconds, and a question about every third. */
  private final class Steady {
    private final AtomicBoolean on = new AtomicBoolean(true);
    private final Thread thread = new Thread(this::feed, "steady-feed");
    private volatile int sent;

    void start() {
      thread.start();
    }

    int sent() {
      return sent;
    }

    int stop() throws InterruptedException {
      on.set(false);
      thread.join();
      return sent;
    }

    private void feed() {
      try (var feed = new Feed(cluster.bootstrapServers())) {
        while (on.get()) {
          String id = id(sent);
          feed.send(topics.images(), id, greys(id, 1, 2, 3, 4), serdes.images());
          if (isAskedAbout(sent)) {
            var asked = question("of-" + id, id, "what is it?");
            feed.send(topics.questions(), id, asked, serdes.questions());
          }
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
