package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.topology.config.AnswerSettings;
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
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersOnBrokerTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 2);
  private final Feed feed = new Feed(cluster.bootstrapServers());

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void shouldKeepWaitingQuestionsAndTokensOverRestartOnAnotherDisk() throws Exception {
    try (var answers = new Committed(cluster.bootstrapServers(), topics.answers())) {
      try (var stage = RunningStage.start(answer(LONG), prefix, "a")) {
        ask("q-bus", "bus");
        ask("q-bus-too", "bus");
        see("tram", 5);
        ask("q-tram", "tram");
        stage.awaitRead(4);
        answers.atLeast(1);
      }
      try (var stage = RunningStage.start(answer(LONG), prefix, "b")) {
        see("bus", 6);
        ask("q-tram-later", "tram");
        stage.awaitPartitions(2);
        answers.atLeast(4);
      }
      assertThat(texts(answers.untilQuiet(Duration.ofSeconds(1))))
          .isEqualTo(
              Map.of(
                  "q-tram", "codes [5, 0, 0, 0]",
                  "q-bus", "codes [6, 0, 0, 0]",
                  "q-bus-too", "codes [6, 0, 0, 0]",
                  "q-tram-later", "codes [5, 0, 0, 0]"));
    }
  }

  @Test
  void shouldAnswerUnknownImageOnceWhenTheWaitIsOver() {
    try (var answers = new Committed(cluster.bootstrapServers(), topics.answers());
        var stage = RunningStage.start(answer(Duration.ofMillis(300)), prefix, "a")) {
      ask("q-ghost", "ghost");
      stage.awaitPartitions(2);
      answers.atLeast(1);
      see("ghost", 1);

      assertThat(answers.untilQuiet(Duration.ofSeconds(1)))
          .singleElement()
          .satisfies(
              record -> assertThat(read(record).getStatus()).isEqualTo(AnswerStatus.UNKNOWN_IMAGE));
    }
  }

  @Test
  void shouldLetTheBrokerForgetTokensAfterTheirRetention() throws Exception {
    try (var stage = RunningStage.start(answer(LONG), prefix, "a");
        var admin = cluster.admin()) {
      stage.awaitPartitions(2);
      Config config = changelog("answer-tokens", admin);

      assertThat(config.get("cleanup.policy").value()).contains("delete");
      assertThat(Duration.ofMillis(Long.parseLong(config.get("retention.ms").value())))
          .isBetween(LONG, LONG.plusDays(1));
    }
  }

  @Test
  void shouldLetTheBrokerCompactChangelogsThatEveryStartReadsWhole() throws Exception {
    try (var stage = RunningStage.start(answer(LONG), prefix, "a");
        var admin = cluster.admin()) {
      stage.awaitPartitions(2);

      for (String inMemory : List.of("answer-pending", "answer-waiting")) {
        Config config = changelog(inMemory, admin);
        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(Long.parseLong(config.get("segment.bytes").value()))
            .isBetween(Long.parseLong(config.get("max.message.bytes").value()) + 1, 64L << 20);
      }
      assertThat(changelog("answer-tokens", admin).get("segment.bytes").value())
          .as("on disk and large")
          .isEqualTo(Integer.toString(1 << 30));
    }
  }

  @Test
  void shouldFindInputsThatAreNotCopartitioned() throws Exception {
    try (var admin = cluster.admin()) {
      assertThat(TopicCheck.problems(answer(LONG), admin)).isEmpty();

      admin.createPartitions(Map.of(topics.tokens(), NewPartitions.increaseTo(3))).all().get();

      await()
          .untilAsserted(
              () ->
                  assertThat(TopicCheck.problems(answer(LONG), admin))
                      .singleElement()
                      .asString()
                      .contains("different partition counts", topics.tokens() + "=3", "=2"));
    }
  }

  @Test
  void shouldFindTopicsThatDoNotExist() {
    var elsewhere = TopicNames.withPrefix("nowhere.");
    try (var admin = cluster.admin()) {
      assertThat(TopicCheck.problems(answer(elsewhere, LONG), admin))
          .hasSize(4)
          .contains("Stage 'answer' needs topic 'nowhere.lgvq.tokens', which does not exist.");
    }
  }

  private Config changelog(String store, Admin admin) throws Exception {
    var topic =
        new ConfigResource(
            ConfigResource.Type.TOPIC, prefix + "lgvq-answer-" + store + "-changelog");
    return admin.describeConfigs(List.of(topic)).all().get().get(topic);
  }

  private Stage answer(Duration wait) {
    return answer(topics, wait);
  }

  private Stage answer(TopicNames names, Duration wait) {
    var settings =
        new StageSettings(
            names,
            new BatchSettings(8, Duration.ofMillis(20)),
            new RetrySettings(1, Duration.ZERO));
    return new AnswerStage(
        settings,
        new AnswerSettings(LONG, wait, 1_000),
        serdes,
        StageListener.none(),
        new PureAnswerer(CODEBOOK));
  }

  private void ask(String id, String image) {
    feed.send(topics.questions(), image, question(id, image, "what is it?"), serdes.questions());
    feed.flush();
  }

  private void see(String image, int code) {
    feed.send(topics.tokens(), image, tokens(image, CODEBOOK, code, 0, 0, 0), serdes.tokens());
    feed.flush();
  }

  private Answer read(ConsumerRecord<String, byte[]> record) {
    return serdes.answers().deserializer().deserialize(topics.answers(), record.value());
  }

  /** The text of each question's answer; fails if one was answered twice. */
  private Map<String, String> texts(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(this::read)
        .collect(Collectors.toMap(Answer::getQuestionId, Answer::getText));
  }
}
