package io.lgvq.topology.broker;

import static io.lgvq.topology.broker.AnswerProcess.STANDBY;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.Answer;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.StageProcess;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A standby goes on with the tokens and the waiting questions of an instance that is gone. */
class StandbyOnBrokerTest {

  private static final int KNOWN = 20_000;
  private static final int ASKED = 20;

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 2);
  private final Feed feed = new Feed(cluster.bootstrapServers());
  private final Committed answers = new Committed(cluster.bootstrapServers(), topics.answers());

  // Kept after a failure, for what the process said.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @AfterEach
  void close() {
    feed.close();
    answers.close();
  }

  @Test
  void shouldTakeOverFromInstanceThatLeavesInOrder() {
    try (var second = start("b")) {
      try (var first = start("a")) {
        first.awaitExactPartitions(1);
        shareTheState(second);
        first.awaitStandbys(1);
      }
      goOn(second);
    }
  }

  @Test
  void shouldTakeOverFromInstanceThatWasKilled() throws Exception {
    File log = folder.resolve("process.log").toFile();
    try (var second = start("b")) {
      StageProcess first = AnswerProcess.start(cluster, prefix, "a", log);
      try {
        shareTheState(second);
        assertThat(first.isAlive()).as("killed, not fallen; see %s", log).isTrue();
      } finally {
        first.kill();
      }
      goOn(second);
    }
  }

  private RunningStage start(String instance) {
    return RunningStage.start(AnswerProcess.stage(prefix, serdes), prefix, instance, STANDBY);
  }

  /** Gives two instances tokens to know and questions to keep, of which each copies the other's. */
  private void shareTheState(RunningStage second) {
    second.awaitExactPartitions(1);
    second.awaitStandbys(1);
    know(0, KNOWN);
    ask("early-", KNOWN);
    second.awaitRead(KNOWN + ASKED);
    second.awaitStandbys(1);
  }

  /** Asks the one that is left about what both knew, and gives it what both waited for. */
  private void goOn(RunningStage second) {
    ask("late-", 0);
    know(KNOWN, KNOWN + ASKED);
    second.awaitExactPartitions(2);
    answers.atLeast(2 * ASKED);
    List<ConsumerRecord<String, byte[]>> said = answers.untilQuiet(Duration.ofSeconds(1));

    assertThat(second.restored()).as("read again from the changelog").isLessThan(KNOWN / 100);
    assertThat(said).extracting(ConsumerRecord::partition).contains(0, 1);
    assertThat(said.stream().map(this::inWords).toList())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, ASKED)
                .boxed()
                .flatMap(i -> Stream.of(expected("late-", i), expected("early-", KNOWN + i)))
                .toList());
  }

  /** Writes the tokens of images. */
  private void know(int from, int to) {
    for (int i = from; i < to; i++) {
      var event = tokens(id(i), CODEBOOK, i & 0xFF, i >> 8, 0, 0);
      feed.send(topics.tokens(), id(i), event, serdes.tokens());
    }
    feed.flush();
  }

  /** Asks about so many images. */
  private void ask(String name, int from) {
    for (int i = from; i < from + ASKED; i++) {
      var event = question(name + i, id(i), "what is it?");
      feed.send(topics.questions(), id(i), event, serdes.questions());
    }
    feed.flush();
  }

  private String inWords(ConsumerRecord<String, byte[]> record) {
    Answer answer = serdes.answers().deserializer().deserialize(topics.answers(), record.value());
    return answer.getQuestionId() + ": " + answer.getText();
  }

  private static String expected(String name, int i) {
    return name + i + ": codes [" + (i & 0xFF) + ", " + (i >> 8) + ", 0, 0]";
  }

  private static String id(int number) {
    return "image-" + number;
  }
}
