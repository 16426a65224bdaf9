package io.lgvq.cli.deadletters;

import io.lgvq.cli.shell.Failure;
import io.lgvq.connection.ConnectionProperties;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.replay.DeadLetterTopic;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where the dead letters are: the properties of the application, given in the same ways, without
 * the application.
 */
final class KafkaOptions {
  private static final String PREFIX = "lgvq.topics.prefix";
  private static final String TOPIC = "lgvq.topics.dead-letters";
  private static final Set<String> OURS = Set.of(PREFIX, TOPIC);
  private static final Path FILE = Path.of("config", "application.properties");

  @Option(
      names = "-D",
      paramLabel = "property=value",
      description =
          "As for serve: any kafka.* property, for instance -Dkafka.bootstrap.servers=kafka:9092,"
              + " lgvq.topics.prefix and lgvq.topics.dead-letters. Environment variables and"
              + " config/application.properties are read, too.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * A topic of dead letters.
   *
   * @param properties of Kafka's clients
   * @param topic its name
   */
  record Source(Map<String, String> properties, String topic) {

    /**
     * What someone makes of the topic.
     *
     * @throws Failure if it is not there, or Kafka does not answer or refuses
     */
    <T> T ask(Function<DeadLetterTopic, T> work) {
      String servers = properties.get("bootstrap.servers");
      try (DeadLetterTopic letters = new DeadLetterTopic(properties, topic)) {
        if (!letters.exists()) {
          throw new Failure(
              "Kafka at %s has no topic '%s'; %s and %s name it"
                  .formatted(servers, topic, PREFIX, TOPIC));
        }
        return work.apply(letters);
      } catch (KafkaException e) {
        throw new Failure(
            "Kafka at %s (kafka.bootstrap.servers): %s".formatted(servers, sentence(e)), e);
      }
    }

    private static String sentence(KafkaException failure) {
      return failure.getCause() instanceof KafkaException cause
          ? failure.getMessage() + ": " + cause.getMessage()
          : failure.getMessage();
    }
  }

  /** The topic as the properties name it. */
  Source source() {
    for (String name : given.keySet()) {
      if (!OURS.contains(name) && !name.startsWith("kafka.")) {
        throw new ParameterException(
            spec.commandLine(),
            "-D takes kafka.*, %s and %s here, not '%s'".formatted(PREFIX, TOPIC, name));
      }
    }
    SmallRyeConfig config = config();
    TopicNames standard = TopicNames.standard();
    return new Source(
        ConnectionProperties.of(config),
        config.getOptionalValue(PREFIX, String.class).orElse("")
            + config.getOptionalValue(TOPIC, String.class).orElse(standard.deadLetters()));
  }

  private SmallRyeConfig config() {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withDefaultValue("kafka.bootstrap.servers", "localhost:9092")
            .withSources(
                new PropertiesConfigSource(given, "the command line", 500),
                new SysPropConfigSource(),
                new EnvConfigSource(System.getenv(), 300));
    if (Files.isRegularFile(FILE)) {
      try {
        builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), 260));
      } catch (IOException e) {
        throw new Failure("%s cannot be read: %s".formatted(FILE, e.getMessage()), e);
      }
    }
    return builder.build();
  }
}
