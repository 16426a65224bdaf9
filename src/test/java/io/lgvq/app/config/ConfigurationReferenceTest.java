package io.lgvq.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));
  private static final Path PAGE = ROOT.resolve("docs/configuration.md");

  @Test
  void shouldSayTheSameAsTheCommentsOfTheConfiguration() throws IOException {
    String page =
        ConfigurationReference.of(ROOT.resolve("src/main/java/io/lgvq/app/config/LgvqConfig.java"));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("docs/configuration.md, written with -Ddocs.write=true").hasContent(page);
  }
}
