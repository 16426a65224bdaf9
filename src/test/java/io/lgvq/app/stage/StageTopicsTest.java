package io.lgvq.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.topology.stage.Stage;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTopicsTest {
  private static final List<String> WANTED = List.of("one", "two");

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
      assertThat(looking.missing(List.of("two", "three"))).containsExactly("three");
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
  void shouldGiveUpWithASentenceWhenKafkaDoesNotAnswer() {
    try (Admin admin = admin("127.0.0.1:1")) {
      StageTopics check = new StageTopics(admin, configuration(Map.of("lgvq.start-wait", "300ms")));
      assertThatThrownBy(() -> check.ensure(WANTED))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("kafka.bootstrap.servers")
          .hasNoCause();
    }
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private static Stage stage(List<String> inputs) {
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
        return List.of("answers");
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

  private static LgvqConfig configuration(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withMapping(LgvqConfig.class)
        .withDefaultValue("java.io.tmpdir", "/tmp")
        .withSources(new PropertiesConfigSource(properties, "the test", 500))
        .build()
        .getConfigMapping(LgvqConfig.class);
  }
}
