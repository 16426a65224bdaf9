package io.lgvq.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.app.config.LgvqConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StopTimeTest {
  private static final Path PROPERTIES =
      Path.of(System.getProperty("lgvq.root"), "src/main/resources/application.properties");

  @Test
  void shouldStopInTimeBeforeThePlatformKills() throws IOException {
    Properties application = new Properties();
    try (var reader = Files.newBufferedReader(PROPERTIES)) {
      application.load(reader);
    }
    Duration requests =
        DurationConverter.parseDuration(application.getProperty("quarkus.shutdown.timeout"));
    Duration stages =
        DurationConverter.parseDuration(
            ConfigClass.configClass(LgvqConfig.class).getProperties().get("lgvq.shutdown-grace"));
    assertThat(requests.plus(stages).plus(Clients.PRODUCER_STOP).plus(Clients.ADMIN_STOP))
        .as("the sum that docs/configuration.md names")
        .isEqualTo(Duration.ofSeconds(24));
  }
}
