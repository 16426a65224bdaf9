package io.lgvq.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;

/** The module's README, which must not promise what the code does not keep. */
public final class Readme {

  private Readme() {}

  /** Fails unless the README has a row for each property, with its default. */
  public static void assertDescribes(ConfigDef properties) throws IOException {
    String readme =
        Files.readString(Path.of(System.getProperty("lgvq.root"), "schemas", "README.md"));
    for (ConfigDef.ConfigKey key : properties.configKeys().values()) {
      String value =
          key.hasDefault()
              ? key.defaultValue == null ? "" : "`" + key.defaultValue + "`"
              : "(none)";
      assertThat(readme).contains("| `%s` | %s |".formatted(key.name, value));
    }
  }
}
