package io.lgvq.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.embedded.EmbeddedKafka;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCheckTest {
  private static final List<String> WANTED = List.of("one", "two");

  @TempDir private Path folder;

  @Test
  void shouldNameMissingTopicsOrMakeThemIfItMay() {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = admin(broker.bootstrapServers())) {
      TopicCheck looking = new TopicCheck(admin, configuration(Map.of()));
      assertThat(looking.ensure(WANTED)).isEqualTo(WANTED);

      TopicCheck making =
          new TopicCheck(admin, configuration(Map.of("lgvq.topics.create", "true")));
      assertThat(making.ensure(WANTED)).isEmpty();
      assertThat(making.ensure(WANTED)).isEmpty();
      assertThat(looking.missing(List.of("two", "three"))).containsExactly("three");
    }
  }

  @Test
  void shouldGiveUpWithASentenceWhenKafkaDoesNotAnswer() {
    try (Admin admin = admin("127.0.0.1:1")) {
      TopicCheck check = new TopicCheck(admin, configuration(Map.of("lgvq.start-wait", "300ms")));
      assertThatThrownBy(() -> check.ensure(WANTED))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("kafka.bootstrap.servers")
          .hasNoCause();
    }
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
