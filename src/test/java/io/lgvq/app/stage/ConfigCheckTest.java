package io.lgvq.app.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.app.config.LgvqConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCheckTest {
  @Test
  void shouldAcceptTheDefaults() {
    ConfigCheck.check(configuration(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "lgvq.batch.max-batch, 0",
    "lgvq.batch.linger, 0s",
    "lgvq.streams.threads, 0",
    "lgvq.caption.beam, 0",
    "lgvq.answer.question-wait, 0s",
    "lgvq.topics.partitions, 0",
    "lgvq.rest.max-images, 0",
    "lgvq.claim-check.schemes, file",
    "lgvq.stages, 'caption,caption'",
  })
  void shouldNameThePropertyOutOfItsRange(String name, String value) {
    assertThatThrownBy(() -> ConfigCheck.check(configuration(Map.of(name, value))))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(name)
        .hasMessageEndingWith(".");
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
