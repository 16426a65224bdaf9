package io.lgvq.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lgvq.app.config.LgvqConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartProblemTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lgvq.stages | tokenizer | lgvq.stages cannot be 'tokenizer': ",
        "lgvq.engine | abacus | lgvq.engine cannot be 'abacus': ",
        "lgvq.batch.max-batch | many | lgvq.batch.max-batch cannot be 'many': ",
        "lgvq.batch.linger | soon | lgvq.batch.linger cannot be 'soon': ",
        "lgvq.bach.linger | 5ms | lgvq.bach.linger (in ",
      })
  void shouldNameThePropertyThatIsWrong(String name, String value, String beginning) {
    Throwable failure = catchThrowable(() -> configuration(Map.of(name, value)));
    assertThat(StartProblem.sentences(new RuntimeException("wrapped", failure)))
        .hasValueSatisfying(
            sentences ->
                assertThat(sentences)
                    .singleElement()
                    .asString()
                    .startsWith(beginning)
                    .endsWith(".")
                    .doesNotContain("SRCFG", "java.lang", "io.lgvq"));
  }

  @Test
  void shouldLeaveFailuresOfOursToTheLog() {
    assertThat(StartProblem.sentences(new IllegalStateException("a bug"))).isEmpty();
  }

  private static void configuration(Map<String, String> properties) {
    new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withMapping(LgvqConfig.class)
        .withSources(new io.smallrye.config.PropertiesConfigSource(properties, "the test", 500))
        .withDefaultValue("java.io.tmpdir", "/tmp")
        .build();
  }
}
