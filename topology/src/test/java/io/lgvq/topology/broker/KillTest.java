package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.StageProcess;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of exactly one output for each input, kept while the process is killed under load.
 */
class KillTest {

  private static final int IMAGES = 6_000;
  private static final int BEFORE_START = 2_000;
  private static final int AT_ONCE = 20;
  private static final List<Integer> KILL_AT = List.of(300, 900, 1_500, 2_100);

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final AtomicInteger sent = new AtomicInteger();

  // Kept after a failure, for what the processes said.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void shouldMakeExactlyOneOutputOfEachInputThoughKilledUnderLoad() throws Exception {
    String prefix = cluster.newPrefix();
    TopicNames topics = cluster.topics(prefix, 2);
    File log = folder.resolve("process.log").toFile();
    var load = Executors.newSingleThreadScheduledExecutor();
    try (var feed = new Feed(cluster.bootstrapServers());
        var tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
        var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters())) {
      send(feed, topics, BEFORE_START);
      load.scheduleAtFixedRate(() -> send(feed, topics, AT_ONCE), 0, 50, TimeUnit.MILLISECONDS);

      for (int target : KILL_AT) {
        StageProcess process = TokenizeProcess.start(cluster, prefix, log);
        int seen = tokens.atLeast(target).size();
        assertThat(process.isAlive()).as("killed, not fallen; see %s", log).isTrue();
        process.kill();
        assertThat(seen).as("work remained at the kill").isLessThan(sent.get() - 100);
      }

      StageProcess last = TokenizeProcess.start(cluster, prefix, log);
      List<String> good = ids(number -> !isBad(number));
      await().atMost(Duration.ofMinutes(1)).until(() -> sent.get() == IMAGES);
      tokens.atLeast(good.size());
      letters.atLeast(IMAGES - good.size());
      var outputs = tokens.untilQuiet(Duration.ofSeconds(2));
      var dead = letters.untilQuiet(Duration.ofSeconds(2));
      last.kill();

      assertThat(keys(outputs)).containsExactlyInAnyOrderElementsOf(good);
      assertThat(keys(dead)).containsExactlyInAnyOrderElementsOf(ids(KillTest::isBad));
      assertThat(outputs)
          .allSatisfy(record -> assertThat(codeOf(topics, record)).isEqualTo(record.key()));
      assertThat(dead).allSatisfy(KillTest::assertIsOfItsOwnRecord);
    } finally {
      load.shutdownNow();
    }
  }

  private void send(Feed feed, TopicNames topics, int count) {
    int to = Math.min(IMAGES, sent.get() + count);
    for (int number = sent.get(); number < to; number++) {
      ImageEvent event =
          isBad(number)
              ? image(id(number), new byte[7])
              : greys(id(number), number & 0xFF, number >> 8, 0, 0);
      feed.send(topics.images(), id(number), event, serdes.images());
    }
    feed.flush();
    sent.set(to);
  }

  private static boolean isBad(int number) {
    return number % 50 == 49;
  }

  private static String id(int number) {
    return "image-" + number;
  }

  /** The id of the image that the codes were made of. */
  private String codeOf(TopicNames topics, ConsumerRecord<String, byte[]> record) {
    ImageTokens tokens =
        serdes.tokens().deserializer().deserialize(topics.tokens(), record.value());
    return id(tokens.getCodes().get(0) | tokens.getCodes().get(1) << 8);
  }

  private static void assertIsOfItsOwnRecord(ConsumerRecord<String, byte[]> letter) {
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("image-corrupt");
    assertThat(header(letter, "traceparent")).isEqualTo(letter.key());
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static List<String> ids(IntPredicate which) {
    return IntStream.range(0, IMAGES).filter(which).mapToObj(KillTest::id).toList();
  }

  private static List<String> keys(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ConsumerRecord::key).toList();
  }
}
