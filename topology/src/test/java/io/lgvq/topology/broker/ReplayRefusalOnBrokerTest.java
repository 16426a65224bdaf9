package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.replay.ReplayMarkers;
import io.lgvq.topology.replay.ReplayResult;
import io.lgvq.topology.replay.ReplayResult.Outcome;
import io.lgvq.topology.replay.Selection;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** Dead letters that no replay sends, and replays that do not begin. */
class ReplayRefusalOnBrokerTest {

  private static final Selection ALL = ReplayRig.ALL;
  private static final byte[] TORN = {1, 2, 3};

  private final Cluster cluster = Cluster.get();
  private final ReplayRig rig = new ReplayRig();
  private final TopicNames topics = rig.topics();

  @Test
  void shouldRefuseALetterThatIsWithoutItsValueAndSayWhereThatStands() {
    rig.letters(
        2,
        rig.tokenize(new GreyDecoder(), new DeadLetterSettings(200)),
        image("long", new byte[500]),
        image("torn", TORN));

    List<ReplayResult> results = rig.replay(ALL, 3);

    assertThat(results)
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.SENT);
    ReplayResult refused = results.get(0);
    byte[] original = rig.all(topics.images()).get(0).value();
    assertThat(refused.sentence())
        .contains("without its value (" + original.length + " bytes)", topics.images() + "-0-0");
    assertThat(refused.letter().text(DeadLetters.VALUE_SHA256))
        .contains(DeadLetters.sha256(original));
  }

  @Test
  void shouldNotLetARecordThatIsTooLargeHoldUpTheOthers() {
    rig.letters(
        3,
        rig.tokenize(),
        image("torn", TORN),
        image("large", new byte[50_000]),
        image("empty", new byte[0]));
    cluster.limitRecords(topics.images(), 10_000);

    List<ReplayResult> results = rig.replay(ALL, 3);

    assertThat(results)
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.SENT, Outcome.REFUSED, Outcome.SENT);
    assertThat(results.get(1).sentence()).startsWith("Kafka does not take its record: ");
    assertThat(rig.all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "large", "empty", "torn", "empty");
  }

  @Test
  void shouldSayWhatItWouldSendAndSendNothing() {
    rig.letters(2, rig.tokenize(), image("torn", TORN), image("empty", new byte[0]));

    assertThat(rig.rehearse(1)).extracting(ReplayResult::outcome).containsExactly(Outcome.SENDABLE);
    assertThat(rig.all(topics.images())).hasSize(2);
    assertThat(topicNames()).doesNotContain(ReplayMarkers.topic(topics.deadLetters()));
  }

  @Test
  void shouldRefuseWhatIsNoLetterOfTheStages() {
    try (var feed = new Feed(cluster.bootstrapServers())) {
      feed.sendBytes(topics.deadLetters(), "stranger", TORN);
      feed.flush();
    }
    assertThat(rig.replay(ALL, 3))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(result.sentence()).contains("no dead letter of these stages");
            });
  }

  @Test
  void shouldNotGoOnWhereAnotherReplayHasBegun() {
    rig.letters(1, rig.tokenize(), image("torn", TORN));
    Selection disturbed =
        (letters, visitor) -> {
          rig.replay(ALL, 3);
          ALL.read(letters, visitor);
        };

    assertThatThrownBy(() -> rig.replay(disturbed, 3))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("another replay of these dead letters has begun");
    assertThat(rig.all(topics.images())).hasSize(2);
  }

  @Test
  void shouldNotSendWhereItsNotesWouldNotLast() {
    rig.letters(1, rig.tokenize(), image("torn", TORN));
    String notes = ReplayMarkers.topic(topics.deadLetters());
    try (var admin = cluster.admin()) {
      admin
          .createTopics(List.of(new NewTopic(notes, 1, (short) 1)))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }

    assertThatThrownBy(() -> rig.replay(ALL, 3))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("topic '" + notes + "', in which replays are noted")
        .hasMessageContaining("set it to compact");
    assertThat(rig.all(topics.images())).hasSize(1);
  }

  private Set<String> topicNames() {
    try (var admin = cluster.admin()) {
      return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
    }
  }
}
