package io.lgvq.cli.kafka;

import io.lgvq.cli.shell.Failure;
import io.lgvq.connection.ConnectionProperties;
import io.lgvq.topology.config.TopicNames;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The properties that {@code serve} would read, for commands that work on the same Kafka without
 * it: the same names in the same places, the command line before the JVM's properties, the
 * environment and {@code config/application.properties}.
 *
 * <p>Threading: immutable.
 */
public final class ServeProperties {
  /** The topics as they are called in properties, in the order of {@link TopicNames}. */
  public static final List<String> TOPICS =
      List.of(
          "images",
          "tokens",
          "captions",
          "questions",
          "answers",
          "reconstructions",
          "drift",
          "dead-letters");

  private static final int COMMAND_LINE = 500;
  private static final int FILE = 260;

  private final SmallRyeConfig config;

  private ServeProperties(SmallRyeConfig config) {
    this.config = config;
  }

  /**
   * Reads what is set.
   *
   * @param given on the command line
   * @param folder where {@code config/application.properties} may lie
   * @throws Failure if the file cannot be read
   */
  public static ServeProperties of(Map<String, String> given, Path folder) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withProfile("prod")
            .withDefaultValue("kafka.bootstrap.servers", "localhost:9092")
            .addSystemSources()
            .withSources(new PropertiesConfigSource(given, "the command line", COMMAND_LINE));
    Path file = folder.resolve("config/application.properties");
    if (Files.exists(file)) {
      try {
        builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE));
      } catch (IOException e) {
        throw new Failure("%s cannot be read: %s".formatted(file, e.getMessage()), e);
      }
    }
    return new ServeProperties(builder.build());
  }

  /**
   * A property.
   *
   * @throws Failure if its value is none of that type
   */
  public <T> Optional<T> value(String name, Class<T> type) {
    try {
      return config.getOptionalValue(name, type);
    } catch (IllegalArgumentException e) {
      throw new Failure("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Names of all that is set, as properties; what only the environment names may be left out. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    return names;
  }

  /** What Kafka's clients are told, as {@code serve} tells them. */
  public Map<String, String> kafka() {
    return ConnectionProperties.of(config);
  }

  /** The topics' full names. */
  public TopicNames topics() {
    String prefix = value("lgvq.topics.prefix", String.class).orElse("");
    TopicNames standard = TopicNames.standard();
    return new TopicNames(
        prefix + name("images", standard.images()),
        prefix + name("tokens", standard.tokens()),
        prefix + name("captions", standard.captions()),
        prefix + name("questions", standard.questions()),
        prefix + name("answers", standard.answers()),
        prefix + name("reconstructions", standard.reconstructions()),
        prefix + name("drift", standard.drift()),
        prefix + name("dead-letters", standard.deadLetters()));
  }

  private String name(String topic, String standard) {
    return value("lgvq.topics." + topic, String.class).orElse(standard);
  }
}
