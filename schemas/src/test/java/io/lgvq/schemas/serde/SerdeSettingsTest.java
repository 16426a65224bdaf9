package io.lgvq.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.Readme;
import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong property is one sentence that names it. */
class SerdeSettingsTest {

  @Test
  void shouldBeDescribedInTheReadme() throws IOException {
    Readme.assertDescribes(SerdeSettings.KEYS);
  }

  @ParameterizedTest
  @CsvSource({
    "auto.register.schemas, perhaps",
    "specific.avro.value.type, java.lang.String",
    "specific.avro.value.type, no.such.Class",
    "value.subject.name.strategy, io.acme.MyStrategy",
  })
  void shouldNameTheWrongProperty(String key, String value) {
    assertThatThrownBy(() -> SerdeSettings.from(Map.of(key, value), false))
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(value);
  }

  @Test
  void shouldRefuseToRegisterAndToUseTheLatestAtOnce() {
    assertThatThrownBy(
            () ->
                SerdeSettings.from(
                    Map.of("use.latest.version", true, "auto.register.schemas", true), false))
        .isInstanceOf(SchemaConfigurationException.class)
        .hasMessageContaining("auto.register.schemas=false");
  }

  @Test
  void shouldNotRegisterWhereTheLatestIsUsed() {
    assertThat(SerdeSettings.from(Map.of("use.latest.version", "true"), false).autoRegister())
        .isFalse();
  }

  @Test
  void shouldTakeAStrategyAsAClassToo() {
    assertThat(
            SerdeSettings.from(Map.of("key.subject.name.strategy", RecordNameStrategy.class), true)
                .naming())
        .isEqualTo(SubjectNaming.RECORD);
  }

  @Test
  void shouldNotMindAKeysStrategyInAValuesSerde() {
    assertThat(
            SerdeSettings.from(Map.of("key.subject.name.strategy", "io.acme.MyStrategy"), false)
                .naming())
        .isEqualTo(SubjectNaming.TOPIC);
  }

  /** Stands for Confluent's class of the same simple name. */
  private static final class RecordNameStrategy {}
}
