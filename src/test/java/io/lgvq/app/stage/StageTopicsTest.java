package io.lgvq.app.stage;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTopicsTest {
  private static final String PARTITIONS = "lgvq.topics.partitions";
  private static final List<String> WANTED = List.of("lgvq.tokens", "lgvq.questions");

  @TempDir private Path folder;

  @Test
  void shouldNameMissingTopicsOrMakeThemIfItMay() {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      StageTopics looking = new StageTopics(admin, configuration(Map.of()));
      assertThat(looking.ensure(WANTED)).isEqualTo(WANTED);

      StageTopics making =
          new StageTopics(admin, configuration(Map.of("lgvq.topics.create", "true")));
      assertThat(making.ensure(WANTED)).isEmpty();
      assertThat(making.ensure(WANTED)).isEmpty();
      assertThat(looking.missing(List.of("lgvq.questions", "lgvq.answers")))
          .containsExactly("lgvq.answers");
    }
  }

  @Test
  void shouldFindTopicsFitAsSoonAsItHasMadeThem() {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      for (int round = 0; round < 20; round++) {
        String prefix = "round-" + round + ".";
        StageTopics topics =
            new StageTopics(
                admin,
                configuration(
                    Map.of(
                        "lgvq.topics.create",
                        "true",
                        PARTITIONS,
                        "12",
                        "lgvq.topics.prefix",
                        prefix)));
        List<String> inputs = List.of(prefix + "lgvq.tokens", prefix + "lgvq.questions");
        assertThat(topics.ensure(inputs)).isEmpty();
        topics.refuseUnfit(List.of(stage(inputs, inputs.get(0))));
      }
    }
  }

  @Test
  void shouldWaitForTopicsThatTheBrokerHasNotHeardOfYet() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        LateAdmin admin = new LateAdmin(broker.bootstrapServers(), 3)) {
      StageTopics topics =
          new StageTopics(admin, configuration(Map.of("lgvq.topics.create", "true")));
      topics.ensure(List.of("lgvq.tokens", "lgvq.answers"));
      assertThat(admin.descriptions()).isEqualTo(4);
      topics.refuseUnfit(List.of(stage(List.of("lgvq.tokens"), "lgvq.answers")));
    }
  }

  @Test
  void shouldGiveUpWithASentenceWhenTopicsStayUnknown() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      admin.describeCluster().nodes().get(); // connected, so that the wait is for topics alone
      StageTopics topics =
          new StageTopics(admin, configuration(Map.of("lgvq.start-wait", "300ms")));
      assertThatThrownBy(() -> topics.refuseUnfit(List.of(stage(List.of("nowhere")))))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "Kafka did not describe the topic answers, nowhere within 300 ms (lgvq.start-wait).")
          .hasNoCause();
    }
  }

  @Test
  void shouldNameTheTopicsWhenKafkaFallsSilentOnceItHasSaidThatItDoesNotKnowThem() {
    try (SilentAdmin admin = new SilentAdmin()) {
      StageTopics topics =
          new StageTopics(admin, configuration(Map.of("lgvq.start-wait", "300ms")));
      assertThatThrownBy(() -> topics.refuseUnfit(List.of(stage(List.of("nowhere")))))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "Kafka did not describe the topic answers, nowhere within 300 ms (lgvq.start-wait).");
      assertThat(admin.descriptions).hasValue(2);
    }
  }

  @Test
  void shouldGiveUpWithASentenceWhenKafkaFallsSilentBeforeTopicsAreChecked() {
    try (Admin admin = nobody()) {
      StageTopics topics =
          new StageTopics(admin, configuration(Map.of("lgvq.start-wait", "300ms")));
      assertThatThrownBy(() -> topics.refuseUnfit(List.of(stage(List.of("tokens")))))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("lgvq.start-wait")
          .hasNoCause();
    }
  }

  @Test
  void shouldRefuseStageWhoseInputsAreNotCopartitioned() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      admin
          .createTopics(List.of(topic("tokens", 2), topic("questions", 3), topic("answers", 2)))
          .all()
          .get();
      StageTopics topics = new StageTopics(admin, configuration(Map.of()));

      topics.refuseUnfit(List.of(stage(List.of("tokens", "answers"))));
      assertThatThrownBy(() -> topics.refuseUnfit(List.of(stage(List.of("tokens", "questions")))))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("different partition counts {questions=3, tokens=2}");
    }
  }

  @Test
  void shouldMakeDeadLettersForWhateverImagesTake() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      NewTopic theirs = topic("lgvq.images", 2).configs(Map.of("max.message.bytes", "30000000"));
      admin.createTopics(List.of(theirs)).all().get();
      List<String> names = List.of("lgvq.images", "lgvq.tokens", "lgvq.dead-letters");
      awaitLimits(admin, names.subList(0, 1));

      assertThat(
              new StageTopics(
                      admin,
                      configuration(
                          Map.of("lgvq.topics.create", "true", "lgvq.image.max-bytes", "1000000")))
                  .ensure(names))
          .isEmpty();

      assertThat(awaitLimits(admin, names).maxMessageBytes())
          .isEqualTo(
              Map.of(
                  "lgvq.images", 30_000_000,
                  "lgvq.tokens", 1_000_000 + 256 * 1024,
                  "lgvq.dead-letters", 30_000_000 + 64 * 1024));
    }
  }

  @Test
  void shouldRefuseStageWhoseDeadLettersAreTooSmall() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      NewTopic large = topic("images", 2).configs(Map.of("max.message.bytes", "20000000"));
      NewTopic small = topic("answers", 2).configs(Map.of("max.message.bytes", "1000000"));
      admin.createTopics(List.of(large, small)).all().get();
      awaitLimits(admin, List.of("images", "answers"));
      StageTopics topics = new StageTopics(admin, configuration(Map.of()));

      assertThat(topics.refuseUnfit(List.of(stage(List.of("answers")))).maxMessageBytes())
          .isEqualTo(Map.of("answers", 1_000_000));
      assertThatThrownBy(() -> topics.refuseUnfit(List.of(stage(List.of("images")))))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("Topic 'answers' takes records of 1000000 bytes")
          .hasMessageContaining("raise its max.message.bytes to 20065536");
    }
  }

  @Test
  void shouldGiveUpWithASentenceWhenKafkaDoesNotAnswer() {
    try (Admin admin = nobody()) {
      StageTopics check = new StageTopics(admin, configuration(Map.of("lgvq.start-wait", "300ms")));
      assertThatThrownBy(() -> check.ensure(WANTED))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("kafka.bootstrap.servers")
          .hasNoCause();
    }
  }

  /** A broker whose metadata lags behind: the first descriptions know no topic. */
  private static final class LateAdmin extends ForwardingAdmin {
    private final AtomicInteger descriptions = new AtomicInteger();
    private final int late;

    LateAdmin(String servers, int late) {
      super(Map.of("bootstrap.servers", servers));
      this.late = late;
    }

    int descriptions() {
      return descriptions.get();
    }

    @Override
    public DescribeTopicsResult describeTopics(
        TopicCollection topics, DescribeTopicsOptions options) {
      return descriptions.incrementAndGet() > late
          ? super.describeTopics(topics, options)
          : new Unknown((TopicCollection.TopicNameCollection) topics);
    }
  }

  /** A broker that says once that it knows no topic, and then nothing more. */
  private static final class SilentAdmin extends ForwardingAdmin {
    private final AtomicInteger descriptions = new AtomicInteger();

    SilentAdmin() {
      super(Map.of("bootstrap.servers", "localhost:1"));
    }

    @Override
    public DescribeTopicsResult describeTopics(
        TopicCollection topics, DescribeTopicsOptions options) {
      var names = (TopicCollection.TopicNameCollection) topics;
      return descriptions.incrementAndGet() == 1
          ? new Unknown(names)
          : new Unknown(names, KafkaFutureImpl::new);
    }
  }

  private static final class Unknown extends DescribeTopicsResult {
    Unknown(TopicCollection.TopicNameCollection topics) {
      this(topics, Unknown::unknown);
    }

    Unknown(
        TopicCollection.TopicNameCollection topics,
        Supplier<KafkaFuture<TopicDescription>> answer) {
      super(
          null,
          topics.topicNames().stream()
              .collect(Collectors.toMap(Function.identity(), name -> answer.get())));
    }

    private static KafkaFuture<TopicDescription> unknown() {
      KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
      answer.completeExceptionally(new UnknownTopicOrPartitionException("not yet"));
      return answer;
    }
  }

  /** The limits of topics, as soon as the broker's metadata know of all. */
  private static TopicLimits awaitLimits(Admin admin, List<String> topics) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> TopicLimits.ask(topics, admin),
            limits -> limits.maxMessageBytes().size() == topics.size());
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private static Stage stage(List<String> inputs) {
    return stage(inputs, "answers");
  }

  private static Stage stage(List<String> inputs, String output) {
    return new Stage() {
      @Override
      public String name() {
        return "answer";
      }

      @Override
      public List<String> inputs() {
        return inputs;
      }

      @Override
      public List<String> outputs() {
        return List.of(output);
      }

      @Override
      public Topology topology() {
        throw new UnsupportedOperationException("not asked for");
      }
    };
  }

  private static Admin admin(String servers) {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", servers));
  }

  /** Where nobody answers; not too patient, for closing waits for what was asked. */
  private static Admin nobody() {
    return Admin.create(
        Map.<String, Object>of(
            "bootstrap.servers", "127.0.0.1:1",
            "request.timeout.ms", "1000",
            "default.api.timeout.ms", "1000"));
  }
}
