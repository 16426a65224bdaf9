package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.plan.Finding;
import io.lgvq.topology.plan.PlanSettings;
import io.lgvq.topology.plan.PlannedStage;
import io.lgvq.topology.plan.TopicCreation;
import io.lgvq.topology.plan.TopicPlan;
import io.lgvq.topology.plan.TopicReview;
import io.lgvq.topology.plan.TopicSurvey;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances share the work, and take it over; stages run alone or together. */
class ScaleOnBrokerTest {

  private static final int KNOWN = 20_000;

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final Feed feed = new Feed(cluster.bootstrapServers());
  private TopicNames topics = TopicNames.withPrefix(prefix);

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void shouldShareThePartitionsEvenlyAmongTwoAndThreeInstances() {
    topics = cluster.topics(prefix, 6);
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
        var first = RunningStage.start(tokenize(), prefix, "a")) {
      first.awaitExactPartitions(6);
      see(0, 100);
      try (var second = RunningStage.start(tokenize(), prefix, "b")) {
        first.awaitExactPartitions(3);
        second.awaitExactPartitions(3);
        see(100, 200);
        try (var third = RunningStage.start(tokenize(), prefix, "c")) {
          for (RunningStage each : List.of(first, second, third)) {
            each.awaitExactPartitions(2);
            each.awaitState(KafkaStreams.State.RUNNING);
          }
          see(200, 300);
          tokens.atLeast(300);
        }
        first.awaitExactPartitions(3);
        second.awaitExactPartitions(3);
      }
      first.awaitExactPartitions(6);
      assertThat(keys(tokens.untilQuiet(Duration.ofSeconds(1))))
          .containsExactlyInAnyOrderElementsOf(ids(0, 300));
    }
  }

  /** By itself, Kafka Streams lets a newcomer wait that lacks more than 10,000 records. */
  @Test
  void shouldGiveNewcomerItsShareAtOnceThoughMuchWasPendingOnce() {
    topics = cluster.topics(prefix, 2);
    // Not what brings it one after all, by and by.
    Map<String, String> noProbing = Map.of("probing.rebalance.interval.ms", "3600000");
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
        var first = RunningStage.start(tokenize(), prefix, "a", noProbing)) {
      see(0, 100);
      tokens.atLeast(100);
      drain(40_000);
      try (var second = RunningStage.start(tokenize(), prefix, "b", noProbing)) {
        first.awaitExactPartitions(1);
        second.awaitExactPartitions(1);
        see(100, 200);
        tokens.atLeast(200);
      }
    }
  }

  @Test
  void shouldFindLargeTokenStoreOnItsDiskAfterRestartAndBuildItAnewElsewhere() {
    topics = cluster.topics(prefix, 2);
    know(KNOWN);
    try (var answers = new Committed(cluster.bootstrapServers(), topics.answers())) {
      try (var stage = RunningStage.start(answer(), prefix, "a")) {
        stage.awaitRead(KNOWN);
      }
      try (var stage = RunningStage.start(answer(), prefix, "a")) {
        ask("q-disk", KNOWN - 1);
        answers.atLeast(1);
        assertThat(stage.restored()).as("read again from the changelog").isLessThan(KNOWN / 100);
      }
      try (var stage = RunningStage.start(answer(), prefix, "b")) {
        ask("q-elsewhere", 0);
        answers.atLeast(2);
        assertThat(stage.restored()).isGreaterThanOrEqualTo(KNOWN);
      }
      assertThat(said(answers)).containsExactly("codes [31, 78, 0, 0]", "codes [0, 0, 0, 0]");
    }
  }

  @Test
  void shouldRunStagesAloneAndTogetherOnPlannedTopics() {
    plan();
    try (var tokenize = RunningStage.start(tokenize(), prefix, "all");
        var caption = RunningStage.start(caption(), prefix, "all");
        var answer = RunningStage.start(answer(), prefix, "all");
        var captions = new Committed(cluster.bootstrapServers(), topics.captions());
        var answers = new Committed(cluster.bootstrapServers(), topics.answers())) {
      ask("q-7", 7);
      see(0, 20);
      assertThat(keys(captions.atLeast(20))).containsExactlyInAnyOrderElementsOf(ids(0, 20));
      answers.atLeast(1);
      assertThat(said(answers)).containsExactly("codes [7, 0, 0, 0]");
      assertThat(List.of(tokenize, caption, answer))
          .allMatch(stage -> stage.state() == KafkaStreams.State.RUNNING);
    }
    // Alone, and later: it has its own place in the tokens.
    try (var reconstruct = RunningStage.start(reconstruct(), prefix, "alone");
        var pictures = new Committed(cluster.bootstrapServers(), topics.reconstructions())) {
      assertThat(keys(pictures.atLeast(20))).containsExactlyInAnyOrderElementsOf(ids(0, 20));
      assertThat(reconstruct.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
  }

  /** Makes the planned topics; the pictures of the tests are older than they would be kept. */
  private void plan() {
    var settings =
        new PlanSettings(
            topics,
            2,
            Optional.of((short) 1),
            1 << 20,
            AnswerSettings.standard(),
            DeadLetterSettings.whole());
    List<PlannedStage> stages = PlannedStage.all(topics);
    try (var admin = cluster.admin()) {
      var plan =
          new TopicPlan(
              TopicPlan.of(settings).topics().stream()
                  .map(topic -> topic.with("retention.ms", "-1"))
                  .toList());
      assertThat(TopicCreation.run(plan, Map.of(), admin, false))
          .allMatch(outcome -> outcome.result() == TopicCreation.Result.CREATED);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(
                          TopicReview.of(
                              settings,
                              stages,
                              TopicSurvey.ask(PlannedStage.topics(stages), admin)))
                      .noneMatch(found -> found.severity() == Finding.Severity.ERROR));
    }
  }

  private StageSettings settings() {
    return new StageSettings(
        topics, new BatchSettings(8, Duration.ofMillis(20)), new RetrySettings(1, Duration.ZERO));
  }

  private Stage tokenize() {
    return new TokenizeStage(
        settings(),
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        new GreyDecoder(),
        new PureTokenizer());
  }

  private Stage caption() {
    return new CaptionStage(settings(), serdes, StageListener.none(), new PureCaptioner());
  }

  private Stage reconstruct() {
    return new ReconstructStage(settings(), serdes, StageListener.none(), new PureReconstructor());
  }

  private Stage answer() {
    return AnswerProcess.stage(prefix, serdes);
  }

  private void see(int from, int to) {
    for (int i = from; i < to; i++) {
      feed.send(topics.images(), id(i), greys(id(i), i & 0xFF, i >> 8, 0, 0), serdes.images());
    }
    feed.flush();
  }

  /** Writes what a stage would have, had so many records waited and left. */
  private void drain(int count) {
    try (var admin = cluster.admin()) {
      List<String> changelogs =
          admin.listTopics().names().toCompletionStage().toCompletableFuture().join().stream()
              .filter(name -> name.startsWith(prefix) && name.endsWith("-changelog"))
              .toList();
      assertThat(changelogs).hasSize(1);
      for (int i = 0; i < count; i++) {
        feed.sendBytes(changelogs.get(0), "gone-" + i, null);
      }
      feed.flush();
    }
  }

  /** Writes the tokens of so many images. */
  private void know(int count) {
    for (int i = 0; i < count; i++) {
      var event = tokens(id(i), CODEBOOK, i & 0xFF, i >> 8, 0, 0);
      feed.send(topics.tokens(), id(i), event, serdes.tokens());
    }
    feed.flush();
  }

  private void ask(String question, int image) {
    var event = question(question, id(image), "what is it?");
    feed.send(topics.questions(), id(image), event, serdes.questions());
    feed.flush();
  }

  private List<String> said(Committed answers) {
    return answers.untilQuiet(Duration.ofSeconds(1)).stream()
        .map(
            record ->
                serdes
                    .answers()
                    .deserializer()
                    .deserialize(topics.answers(), record.value())
                    .getText())
        .toList();
  }

  private static String id(int number) {
    return "image-" + number;
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(ScaleOnBrokerTest::id).toList();
  }

  private static List<String> keys(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ConsumerRecord::key).toList();
  }
}
