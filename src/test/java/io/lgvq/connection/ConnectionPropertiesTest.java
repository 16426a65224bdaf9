package io.lgvq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionPropertiesTest {
  @Test
  void shouldHandOnKafkasAndTheRegistrysPropertiesAsTheyCame() {
    assertThat(
            ConnectionProperties.of(
                given(
                    Map.of(
                        "kafka.bootstrap.servers", "a:1,b:2",
                        "kafka.sasl.jaas.config", "x required y=\"z\";",
                        "schema.registry.url", "http://r",
                        "lgvq.stages", "caption"),
                    Map.of())))
        .containsOnly(
            Map.entry("bootstrap.servers", "a:1,b:2"),
            Map.entry("sasl.jaas.config", "x required y=\"z\";"),
            Map.entry("schema.registry.url", "http://r"));
  }

  @Test
  void shouldLetEnvironmentVariablesWinOverFiles() {
    assertThat(
            ConnectionProperties.of(
                given(
                    Map.of("kafka.bootstrap.servers", "file:1"),
                    Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", "environment:1",
                        "KAFKA_SECURITY_PROTOCOL", "SSL",
                        "SCHEMA_REGISTRY_URL", "http://environment"))))
        .containsOnly(
            Map.entry("bootstrap.servers", "environment:1"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("schema.registry.url", "http://environment"));
  }

  private static SmallRyeConfig given(Map<String, String> file, Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(file, "file", 100), new EnvConfigSource(environment, 300))
        .build();
  }
}
