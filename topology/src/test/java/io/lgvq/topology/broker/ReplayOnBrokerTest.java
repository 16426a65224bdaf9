package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.Events.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.replay.ReplayResult;
import io.lgvq.topology.replay.ReplayResult.Outcome;
import io.lgvq.topology.replay.Selection;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.StageDriver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/** Dead letters that real stages made, replayed. */
class ReplayOnBrokerTest {

  private static final Selection ALL = ReplayRig.ALL;
  private static final byte[] TORN = {1, 2, 3};

  private final Cluster cluster = Cluster.get();
  private final ReplayRig rig = new ReplayRig();
  private final TopicNames topics = rig.topics();

  @Test
  void shouldBringARecordBackAsItWasSaveForTheHeadersOfItsReplay() {
    rig.letters(1, rig.tokenize(), image("torn", TORN));

    assertThat(rig.replay(ALL, 3)).extracting(ReplayResult::outcome).containsExactly(Outcome.SENT);

    List<ConsumerRecord<String, byte[]>> images = rig.all(topics.images());
    assertThat(images).hasSize(2);
    ConsumerRecord<String, byte[]> original = images.get(0);
    ConsumerRecord<String, byte[]> replayed = images.get(1);
    assertThat(replayed.key()).isEqualTo("torn");
    assertThat(replayed.value()).isEqualTo(original.value());
    assertThat(replayed.timestamp()).isEqualTo(StageDriver.SENT.toEpochMilli());
    assertThat(headers(replayed))
        .containsExactly(
            "traceparent=torn",
            "lgvq.replay=" + topics.deadLetters() + "-0-0",
            "lgvq.replay.count=1");
  }

  @Test
  void shouldSendNothingTheSecondTime() {
    rig.letters(2, rig.tokenize(), image("torn", TORN), image("empty", new byte[0]));
    Selection corrupt = Selection.of(reason("image-corrupt"));

    assertThat(rig.replay(corrupt, 3))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.SENT);
    assertThat(rig.replay(corrupt, 3))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY);
    assertThat(rig.replay(ALL, 3))
        .as("what the filter left out is sent still")
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY, Outcome.SENT);

    assertThat(rig.all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "empty", "torn", "empty");
  }

  @Test
  void shouldSendOnceWhateverAReplayLeftOpenThatDied() {
    rig.letters(1, rig.tokenize(), image("torn", TORN));
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "transactional.id",
            topics.deadLetters() + "-replay");
    try (var dead =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      dead.initTransactions();
      dead.beginTransaction();
      dead.send(new ProducerRecord<>(topics.images(), StageDriver.utf8("torn"), TORN));
      dead.flush();

      assertThat(rig.replay(ALL, 3))
          .extracting(ReplayResult::outcome)
          .containsExactly(Outcome.SENT);

      assertThatThrownBy(dead::commitTransaction).isInstanceOf(ProducerFencedException.class);
    }
    assertThat(rig.all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "torn");
    assertThat(rig.replay(ALL, 3))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY);
  }

  @Test
  void shouldReplayWhatDiesAgainAsANewLetterUntilItHasBeenReplayedTooOften() {
    try (var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters());
        var stage = RunningStage.start(rig.tokenize(), rig.prefix(), "a")) {
      rig.send(image("torn", TORN));
      letters.atLeast(1);
      rig.replay(ALL, 2);
      ConsumerRecord<String, byte[]> second = letters.atLeast(2).get(1);
      assertThat(headers(second)).contains("lgvq.replay.count=1", DeadLetters.OFFSET + "=1");

      assertThat(rig.replay(ALL, 2))
          .extracting(ReplayResult::outcome)
          .containsExactly(Outcome.ALREADY, Outcome.SENT);
      letters.atLeast(3);
      assertThat(rig.replay(ALL, 2).get(2))
          .satisfies(
              third -> {
                assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(third.sentence()).contains("died again after 2 replays");
              });
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
    assertThat(rig.all(topics.images())).hasSize(3);
  }

  @Test
  void shouldLetAReplayedImageThroughOnceItsReasonIsGone() {
    rig.letters(1, rig.tokenize(), image("torn", TORN));
    rig.replay(ALL, 3);

    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
        var stage =
            RunningStage.start(
                rig.tokenize(new Mended(), DeadLetterSettings.whole()), rig.prefix(), "a")) {
      ConsumerRecord<String, byte[]> made = tokens.atLeast(1).get(0);
      assertThat(made.key()).isEqualTo("torn");
      assertThat(headers(made)).contains("lgvq.replay=" + topics.deadLetters() + "-0-0");
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
  }

  @Test
  void shouldSendATokenRecordOnceThatTwoHeadsRefused() {
    var foreign = tokens("bus", SmallModel.FOREIGN, 1, 1, 1, 1);
    try (var feed = new Feed(cluster.bootstrapServers());
        var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters());
        var caption = RunningStage.start(rig.caption(), rig.prefix(), "a");
        var reconstruct = RunningStage.start(rig.reconstruct(), rig.prefix(), "b")) {
      feed.send(topics.tokens(), "bus", foreign, rig.serdes().tokens());
      feed.flush();
      letters.atLeast(2);
    }
    assertThat(rig.rehearse(Long.MAX_VALUE))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.SENDABLE, Outcome.ALREADY);
    var captions =
        new DeadLetterFilter(
            Set.of(), Set.of("caption"), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(rig.replay(Selection.of(captions), 3)).hasSize(1);
    assertThat(rig.replay(ALL, 3))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY, Outcome.ALREADY);
    assertThat(rig.all(topics.tokens())).hasSize(2);
  }

  @Test
  void shouldSendTheLettersOfSomePlacesAlone() {
    rig.letters(2, rig.tokenize(), image("torn", TORN), image("empty", new byte[0]));
    // Not 1 for sure: the end of a transaction has an offset, too.
    long second = rig.all(topics.deadLetters()).get(1).offset();
    Origin place = new Origin(topics.deadLetters(), 0, second);

    assertThat(rig.replay(Selection.of(List.of(place)), 3)).hasSize(1);

    assertThat(rig.all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "empty", "empty");
  }

  private static DeadLetterFilter reason(String code) {
    return new DeadLetterFilter(
        Set.of(code), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static List<String> headers(ConsumerRecord<?, ?> record) {
    List<String> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  /** Decodes what is too short as well. */
  private static final class Mended implements ImageDecoder {

    private final GreyDecoder strict = new GreyDecoder();

    @Override
    public Decoded decode(byte[] encoded, String mediaType) {
      return strict.decode(Arrays.copyOf(encoded, 4), mediaType);
    }

    @Override
    public void close() {
      strict.close();
    }
  }
}
