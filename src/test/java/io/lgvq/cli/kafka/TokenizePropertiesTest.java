package io.lgvq.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.TestConfig;
import io.lgvq.cli.shell.Failure;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizePropertiesTest {
  @TempDir private Path empty;

  static Stream<Map<String, String>> properties() {
    return Stream.of(
        Map.of(),
        Map.of(
            "lgvq.image.max-bytes", "31000000",
            "lgvq.image.max-pixels", "70000000",
            "lgvq.image.max-side", "20000",
            "lgvq.image.timeout", "7s",
            "lgvq.image.reject-mislabelled", "false",
            "lgvq.claim-check.schemes", "https,http",
            "lgvq.claim-check.hosts", "store-1,store-2",
            "lgvq.claim-check.timeout", "3s",
            "lgvq.dead-letters.max-value-bytes", "65536"));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void shouldSayWhatServeIsTold(Map<String, String> properties) {
    LgvqConfig serve = TestConfig.configuration(properties);
    TokenizeProperties told = told(properties);

    ImageLimits images = told.images();
    assertThat(images.maxBytes()).isEqualTo(serve.image().maxBytes());
    assertThat(images.maxPixels()).isEqualTo(serve.image().maxPixels());
    assertThat(images.maxSide()).isEqualTo(serve.image().maxSide());
    assertThat(images.timeout()).isEqualTo(serve.image().timeout());
    assertThat(images.rejectMislabelled()).isEqualTo(serve.image().rejectMislabelled());
    ClaimCheckSettings references = told.references();
    assertThat(references.maxBytes()).isEqualTo(serve.image().maxBytes());
    assertThat(references.timeout()).isEqualTo(serve.claimCheck().timeout());
    assertThat(references.schemes())
        .isEqualTo(Set.copyOf(serve.claimCheck().schemes().orElse(List.of())));
    assertThat(references.hosts())
        .isEqualTo(Set.copyOf(serve.claimCheck().hosts().orElse(List.of())));
    assertThat(told.deadLetters().maxValueBytes())
        .isEqualTo(serve.deadLetters().maxValueBytes().orElse(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({
    "lgvq.image.max-bytes, 0",
    "lgvq.image.max-bytes, many",
    "lgvq.image.timeout, 0s",
    "lgvq.claim-check.timeout, 0s",
    "lgvq.claim-check.schemes, ftp",
    "lgvq.dead-letters.max-value-bytes, -1",
    "lgvq.serde.serializer, platform.Writer"
  })
  void shouldNameThePropertyThatIsWrong(String property, String value) {
    TokenizeProperties told = told(Map.of(property, value));
    assertThatThrownBy(
            () -> {
              told.images();
              told.references();
              told.deadLetters();
              told.serdes();
            })
        .isInstanceOf(Failure.class)
        .hasMessageContaining(property);
  }

  private TokenizeProperties told(Map<String, String> properties) {
    return new TokenizeProperties(ServeProperties.of(properties, empty));
  }
}
