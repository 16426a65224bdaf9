package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.Events.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.replay.Replay;
import io.lgvq.topology.replay.ReplayMarkers;
import io.lgvq.topology.replay.ReplayResult;
import io.lgvq.topology.replay.ReplayResult.Outcome;
import io.lgvq.topology.replay.Selection;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.rig.StageDriver;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/** Dead letters that real stages made, replayed. */
class ReplayOnBrokerTest {

  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Selection ALL = Selection.of(DeadLetterFilter.all());
  private static final byte[] TORN = {1, 2, 3};

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 1);
  private final Map<String, String> properties =
      Map.of("bootstrap.servers", cluster.bootstrapServers());

  @Test
  void shouldBringARecordBackAsItWasSaveForTheHeadersOfItsReplay() {
    letters(1, tokenize(), image("torn", TORN));

    assertThat(replay(ALL, 3)).extracting(ReplayResult::outcome).containsExactly(Outcome.SENT);

    List<ConsumerRecord<String, byte[]>> images = all(topics.images());
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
    letters(2, tokenize(), image("torn", TORN), image("empty", new byte[0]));
    Selection corrupt = Selection.of(reason("image-corrupt"));

    assertThat(replay(corrupt, 3)).extracting(ReplayResult::outcome).containsExactly(Outcome.SENT);
    assertThat(replay(corrupt, 3))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY);
    assertThat(replay(ALL, 3))
        .as("what the filter left out is sent still")
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY, Outcome.SENT);

    assertThat(all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "empty", "torn", "empty");
  }

  @Test
  void shouldSendOnceWhateverAReplayLeftOpenThatDied() {
    letters(1, tokenize(), image("torn", TORN));
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

      assertThat(replay(ALL, 3)).extracting(ReplayResult::outcome).containsExactly(Outcome.SENT);

      assertThatThrownBy(dead::commitTransaction).isInstanceOf(ProducerFencedException.class);
    }
    assertThat(all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "torn");
    assertThat(replay(ALL, 3)).extracting(ReplayResult::outcome).containsExactly(Outcome.ALREADY);
  }

  @Test
  void shouldReplayWhatDiesAgainAsANewLetterUntilItHasBeenReplayedTooOften() {
    try (var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters());
        var stage = RunningStage.start(tokenize(), prefix, "a")) {
      send(image("torn", TORN));
      letters.atLeast(1);
      replay(ALL, 2);
      ConsumerRecord<String, byte[]> second = letters.atLeast(2).get(1);
      assertThat(headers(second)).contains("lgvq.replay.count=1", DeadLetters.OFFSET + "=1");

      assertThat(replay(ALL, 2))
          .extracting(ReplayResult::outcome)
          .containsExactly(Outcome.ALREADY, Outcome.SENT);
      letters.atLeast(3);
      assertThat(replay(ALL, 2).get(2))
          .satisfies(
              third -> {
                assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(third.sentence()).contains("died again after 2 replays");
              });
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
    assertThat(all(topics.images())).hasSize(3);
  }

  @Test
  void shouldLetAReplayedImageThroughOnceItsReasonIsGone() {
    letters(1, tokenize(), image("torn", TORN));
    replay(ALL, 3);

    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
        var stage =
            RunningStage.start(tokenize(new Mended(), DeadLetterSettings.whole()), prefix, "a")) {
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
        var caption = RunningStage.start(caption(), prefix, "a");
        var reconstruct = RunningStage.start(reconstruct(), prefix, "b")) {
      feed.send(topics.tokens(), "bus", foreign, serdes.tokens());
      feed.flush();
      letters.atLeast(2);
    }
    List<ReplayResult> rehearsed = new ArrayList<>();
    new Replay(properties, topics.deadLetters(), 3).rehearse(ALL, Long.MAX_VALUE, rehearsed::add);
    assertThat(rehearsed)
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.SENDABLE, Outcome.ALREADY);
    var captions =
        new DeadLetterFilter(
            Set.of(), Set.of("caption"), Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(replay(Selection.of(captions), 3)).hasSize(1);
    assertThat(replay(ALL, 3))
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.ALREADY, Outcome.ALREADY);
    assertThat(all(topics.tokens())).hasSize(2);
  }

  @Test
  void shouldRefuseALetterThatIsWithoutItsValueAndSayWhereThatStands() {
    letters(
        2,
        tokenize(new GreyDecoder(), new DeadLetterSettings(200)),
        image("long", new byte[500]),
        image("torn", TORN));

    List<ReplayResult> results = replay(ALL, 3);

    assertThat(results)
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.SENT);
    ReplayResult refused = results.get(0);
    byte[] original = all(topics.images()).get(0).value();
    assertThat(refused.sentence())
        .contains("without its value (" + original.length + " bytes)", topics.images() + "-0-0");
    assertThat(refused.letter().text(DeadLetters.VALUE_SHA256))
        .contains(DeadLetters.sha256(original));
  }

  @Test
  void shouldNotLetARecordThatIsTooLargeHoldUpTheOthers() {
    letters(
        3,
        tokenize(),
        image("torn", TORN),
        image("large", new byte[50_000]),
        image("empty", new byte[0]));
    cluster.limitRecords(topics.images(), 10_000);

    List<ReplayResult> results = replay(ALL, 3);

    assertThat(results)
        .extracting(ReplayResult::outcome)
        .containsExactly(Outcome.SENT, Outcome.REFUSED, Outcome.SENT);
    assertThat(results.get(1).sentence()).startsWith("Kafka does not take its record: ");
    assertThat(all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "large", "empty", "torn", "empty");
  }

  @Test
  void shouldSayWhatItWouldSendAndSendNothing() {
    letters(2, tokenize(), image("torn", TORN), image("empty", new byte[0]));
    List<ReplayResult> results = new ArrayList<>();

    new Replay(properties, topics.deadLetters(), 3).rehearse(ALL, 1, results::add);

    assertThat(results).extracting(ReplayResult::outcome).containsExactly(Outcome.SENDABLE);
    assertThat(all(topics.images())).hasSize(2);
    assertThat(topicNames()).doesNotContain(ReplayMarkers.topic(topics.deadLetters()));
  }

  @Test
  void shouldSendTheLettersOfSomePlacesAlone() {
    letters(2, tokenize(), image("torn", TORN), image("empty", new byte[0]));
    // Not 1 for sure: the end of a transaction has an offset, too.
    long second = all(topics.deadLetters()).get(1).offset();
    Origin place = new Origin(topics.deadLetters(), 0, second);

    assertThat(replay(Selection.of(List.of(place)), 3)).hasSize(1);

    assertThat(all(topics.images()))
        .extracting(ConsumerRecord::key)
        .containsExactly("torn", "empty", "empty");
  }

  @Test
  void shouldRefuseWhatIsNoLetterOfTheStages() {
    try (var feed = new Feed(cluster.bootstrapServers())) {
      feed.sendBytes(topics.deadLetters(), "stranger", TORN);
      feed.flush();
    }
    assertThat(replay(ALL, 3))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(result.sentence()).contains("no dead letter of these stages");
            });
  }

  @Test
  void shouldNotGoOnWhereAnotherReplayHasBegun() {
    letters(1, tokenize(), image("torn", TORN));
    Selection disturbed =
        (letters, visitor) -> {
          replay(ALL, 3);
          ALL.read(letters, visitor);
        };

    assertThatThrownBy(() -> replay(disturbed, 3))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("another replay of these dead letters has begun");
    assertThat(all(topics.images())).hasSize(2);
  }

  @Test
  void shouldNotSendWhereItsNotesWouldNotLast() {
    letters(1, tokenize(), image("torn", TORN));
    String notes = ReplayMarkers.topic(topics.deadLetters());
    try (var admin = cluster.admin()) {
      admin
          .createTopics(List.of(new NewTopic(notes, 1, (short) 1)))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }

    assertThatThrownBy(() -> replay(ALL, 3))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("topic '" + notes + "', in which replays are noted")
        .hasMessageContaining("set it to compact");
    assertThat(all(topics.images())).hasSize(1);
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

  /** Sends images through a stage until it has made so many dead letters, and stops it. */
  private void letters(int count, Stage stage, ImageEvent... images) {
    try (var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters());
        var running = RunningStage.start(stage, prefix, "a")) {
      send(images);
      letters.atLeast(count);
      running.awaitRead(images.length);
    }
  }

  private void send(ImageEvent... images) {
    try (var feed = new Feed(cluster.bootstrapServers())) {
      for (var image : images) {
        feed.send(topics.images(), image.getImageId(), image, serdes.images());
      }
      feed.flush();
    }
  }

  private List<ReplayResult> replay(Selection selection, int mostReplays) {
    List<ReplayResult> results = new ArrayList<>();
    new Replay(properties, topics.deadLetters(), mostReplays)
        .send(selection, Long.MAX_VALUE, results::add);
    return results;
  }

  private List<ConsumerRecord<String, byte[]>> all(String topic) {
    try (var committed = new Committed(cluster.bootstrapServers(), topic)) {
      committed.atLeast(1);
      return List.copyOf(committed.untilQuiet(QUIET));
    }
  }

  private Set<String> topicNames() {
    try (var admin = cluster.admin()) {
      return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
    }
  }

  private Stage tokenize() {
    return tokenize(new GreyDecoder(), DeadLetterSettings.whole());
  }

  private Stage tokenize(ImageDecoder decoder, DeadLetterSettings deadLetters) {
    return new TokenizeStage(
        settings(deadLetters),
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        decoder,
        new PureTokenizer());
  }

  private Stage caption() {
    return new CaptionStage(
        settings(DeadLetterSettings.whole()), serdes, StageListener.none(), new PureCaptioner());
  }

  private Stage reconstruct() {
    return new ReconstructStage(
        settings(DeadLetterSettings.whole()),
        serdes,
        StageListener.none(),
        new PureReconstructor());
  }

  private StageSettings settings(DeadLetterSettings deadLetters) {
    return new StageSettings(
        topics,
        new BatchSettings(4, Duration.ofMillis(20)),
        new RetrySettings(1, Duration.ZERO),
        deadLetters);
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
}
