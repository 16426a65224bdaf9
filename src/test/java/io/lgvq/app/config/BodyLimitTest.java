package io.lgvq.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
  @Test
  void shouldLetBodiesBeAMebibyteLargerThanImages() {
    assertThat(limit(Map.of(BodyLimit.IMAGE, "100000000"), Map.of())).isEqualTo("101048576");
    assertThat(limit(Map.of(), Map.of("LGVQ_IMAGE_MAX_BYTES", "5"))).isEqualTo("1048581");
  }

  @Test
  void shouldFollowTheDefaultWhereNothingOrNonsenseIsGiven() {
    assertThat(limit(Map.of(), Map.of())).isEqualTo("22020096");
    assertThat(limit(Map.of(BodyLimit.IMAGE, "many"), Map.of())).isEqualTo("22020096");
  }

  @Test
  void shouldHearTheOperatorWhoGivesTheLimitItself() {
    assertThat(limit(Map.of(BodyLimit.IMAGE, "100000000", BodyLimit.BODY, "1M"), Map.of()))
        .isEqualTo("1M");
  }

  private static String limit(Map<String, String> file, Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(file, "file", 250), new EnvConfigSource(environment, 300))
        .withSources(new BodyLimit())
        .build()
        .getRawValue(BodyLimit.BODY);
  }
}
