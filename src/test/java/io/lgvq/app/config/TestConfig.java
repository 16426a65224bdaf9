package io.lgvq.app.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The application's configuration as some properties make it, without the application. */
public final class TestConfig {

  private TestConfig() {}

  /** All defaults but for these properties. */
  public static LgvqConfig configuration(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withMapping(LgvqConfig.class)
        .withDefaultValue("java.io.tmpdir", "/tmp")
        .withSources(new PropertiesConfigSource(properties, "the test", 500))
        .build()
        .getConfigMapping(LgvqConfig.class);
  }
}
