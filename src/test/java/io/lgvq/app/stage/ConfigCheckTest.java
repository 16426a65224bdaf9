package io.lgvq.app.stage;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCheckTest {
  @Test
  void shouldAcceptTheDefaults() {
    ConfigCheck.check(configuration(Map.of()), Map.of("PATH", "/bin"));
  }

  @ParameterizedTest
  @CsvSource({
    "lgvq.batch.max-batch, 0",
    "lgvq.batch.linger, 0s",
    "lgvq.streams.threads, 0",
    "lgvq.dead-letters.max-value-bytes, -1",
    "lgvq.caption.beam, 0",
    "lgvq.answer.question-wait, 0s",
    "lgvq.topics.partitions, 0",
    "lgvq.drift.window, 0s",
    "lgvq.drift.least-images, 0",
    "lgvq.drift.rare-below, 0",
    "lgvq.rest.max-images, 0",
    "lgvq.claim-check.schemes, file",
    "lgvq.stages, 'caption,caption'",
    "lgvq.bundle-watch, 0s",
    "lgvq.rollout.settle, 0s",
    "lgvq.rollout.retire-after, 0s",
  })
  void shouldNameThePropertyOutOfItsRange(String name, String value) {
    assertThatThrownBy(() -> ConfigCheck.check(configuration(Map.of(name, value)), Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(name)
        .hasMessageEndingWith(".");
  }

  @Test
  void shouldRefuseToSwitchBeforeEveryProcessCanHaveFoundTheNewBundle() {
    var watching = Map.of("lgvq.bundle-watch", "5m", "lgvq.rollout.settle", "1m");
    assertThatThrownBy(() -> ConfigCheck.check(configuration(watching), Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("lgvq.rollout.settle must be longer than lgvq.bundle-watch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LGVQ_STAGE",
        "LGVQ_BATCH_MAXBATCH",
        "LGVQ_SERVER_PORT",
        "LGVQ_STAGES_X_",
        "LGVQ_"
      })
  void shouldNameTheVariableThatNobodyReads(String name) {
    Map<String, String> environment = Map.of(name, "1", "LGVQ_STAGES", "caption", "PATH", "/bin");
    assertThatThrownBy(() -> ConfigCheck.check(configuration(Map.of()), environment))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "%s (in the environment) is no property of ours; docs/configuration.md lists them.",
            name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LGVQ_STAGES",
        "LGVQ_STAGES_0_",
        "LGVQ_BATCH_MAX_BATCH",
        "LGVQ_CLAIM_CHECK_HOSTS",
        "LGVQ_INSTANCE_ID",
        "LGVQ_JAVA_OPTS",
        "LGVQ_MVN_OPTS",
        "LGVQ_BUILD",
        "MY_LGVQ_STAGE"
      })
  void shouldAcceptVariablesOfOursAndOfTheLauncher(String name) {
    ConfigCheck.check(configuration(Map.of()), Map.of(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LGVQ", "LGVQ_STAGING"})
  void shouldAcceptWhatKubernetesTellsOfServicesWithNamesLikeOurs(String service) {
    ConfigCheck.check(
        configuration(Map.of()),
        Map.of(
            service + "_SERVICE_HOST", "10.0.0.7",
            service + "_SERVICE_PORT", "8080",
            service + "_SERVICE_PORT_HTTP", "8080",
            service + "_PORT", "tcp://10.0.0.7:8080",
            service + "_PORT_8080_TCP", "tcp://10.0.0.7:8080",
            service + "_PORT_8080_TCP_ADDR", "10.0.0.7"));
  }
}
