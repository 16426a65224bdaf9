package io.lgvq.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.Readme;
import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong property is one sentence that names it. */
class RegistrySettingsTest {

  @Test
  void shouldBeDescribedInTheReadme() throws IOException {
    Readme.assertDescribes(RegistrySettings.KEYS);
  }

  @Test
  void shouldSayThatTheUrlIsMissing() {
    assertThatThrownBy(() -> RegistrySettings.from(Map.of()))
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema.registry.url | ",
        "schema.registry.url | registry:8081",
        "schema.registry.url | ftp://registry",
        "schema.registry.url | http://ada:se cret@registry",
        "max.retries | -1",
        "max.retries | many",
        "retries.wait.ms | -5",
        "schema.registry.request.timeout.ms | 0",
        "latest.cache.ttl.sec | -2",
        "basic.auth.credentials.source | SASL_INHERIT",
        "bearer.auth.credentials.source | OAUTHBEARER",
        "schema.registry.ssl.protocol | nothing",
        "schema.registry.ssl.truststore.location | /no/such/file",
        "schema.registry.ssl.endpoint.identification.algorithm | ''",
      })
  void shouldNameTheWrongProperty(String key, String value) {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put("schema.registry.url", "http://127.0.0.1:1");
    configuration.put(key, value == null ? "" : value);

    assertThatThrownBy(() -> RegistrySettings.from(configuration))
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining(key.startsWith("schema.registry.ssl") ? "schema.registry.ssl" : key)
        .hasMessageNotContaining("se cret");
  }

  @Test
  void shouldSayWhichSecretIsMissing() {
    assertWrong("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info");
    assertWrong("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token");
  }

  @Test
  void shouldRefuseTwoWaysToAuthenticateAtOnce() {
    assertThatThrownBy(
            () ->
                RegistrySettings.from(
                    Map.of(
                        "schema.registry.url", "http://127.0.0.1:1",
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "ada:secret",
                        "bearer.auth.credentials.source", "STATIC_TOKEN",
                        "bearer.auth.token", "secret")))
        .hasMessageContaining("exclude each other")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldRefuseAHeaderSmuggledIntoAToken() {
    assertThatThrownBy(
            () ->
                RegistrySettings.from(
                    Map.of(
                        "schema.registry.url", "http://127.0.0.1:1",
                        "bearer.auth.credentials.source", "STATIC_TOKEN",
                        "bearer.auth.token", "a\r\nX-Evil: 1")))
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining("bearer.auth.token");
  }

  @Test
  void shouldLetThePrefixedKeyWin() {
    RegistrySettings settings =
        RegistrySettings.from(
            Map.of(
                "schema.registry.url", "http://127.0.0.1:1/",
                "max.retries", 1,
                "schema.registry.max.retries", 5));

    assertThat(settings.retries()).isEqualTo(5);
    assertThat(settings).hasToString("[http://127.0.0.1:1]");
  }

  @Test
  void shouldShareARegistryInMemoryByName() {
    Map<String, String> configuration = Map.of("schema.registry.url", "memory://tests");

    assertThat(SchemaRegistry.connect(configuration))
        .isSameAs(SchemaRegistry.connect(Map.of("schema.registry.url", "mock://tests")));
  }

  private static void assertWrong(String key, String value, String named) {
    assertThatThrownBy(
            () ->
                RegistrySettings.from(
                    Map.of("schema.registry.url", "http://127.0.0.1:1", key, value)))
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining(named + " is missing");
  }
}
