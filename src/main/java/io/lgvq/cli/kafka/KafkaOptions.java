package io.lgvq.cli.kafka;

import io.lgvq.cli.shell.Failure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of every command that works on your Kafka. */
public final class KafkaOptions {
  private static final Set<String> OURS = Set.of("kafka.", "schema.registry.", "lgvq.");
  private static final String TOPICS = "lgvq.topics.";
  private static final Set<String> KNOWN =
      Stream.concat(
              ServeProperties.TOPICS.stream(),
              Stream.of("prefix", "create", "partitions", "replication-factor"))
          .map(TOPICS::concat)
          .collect(Collectors.toUnmodifiableSet());

  @Option(
      names = "-D",
      paramLabel = "property=value",
      description =
          "A property as serve takes it, for instance -Dkafka.bootstrap.servers=kafka:9092 or"
              + " -Dlgvq.topics.prefix=staging. ; environment variables and"
              + " config/application.properties count as well.")
  private Map<String, String> given = new LinkedHashMap<>();

  /**
   * Everything that is set, here or elsewhere.
   *
   * @param spec of the command
   * @throws ParameterException if a property is none that serve has: a topic renamed with a slip of
   *     the pen would be looked for under its old name
   */
  public ServeProperties properties(CommandSpec spec) {
    ServeProperties properties = ServeProperties.of(given, Path.of(""));
    Stream.concat(
            given.keySet().stream().filter(name -> OURS.stream().noneMatch(name::startsWith)),
            properties.names().stream()
                .filter(name -> name.startsWith(TOPICS) && !KNOWN.contains(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new ParameterException(
                  spec.commandLine(),
                  name + " is no property of ours; docs/configuration.md lists them");
            });
    return properties;
  }

  /**
   * A client for administration, which gives up after 15 s unless told otherwise; the caller closes
   * it.
   *
   * @throws Failure if its properties are wrong
   */
  public static Admin admin(ServeProperties properties) {
    Map<String, Object> settings = new HashMap<>(properties.kafka());
    settings.putIfAbsent("default.api.timeout.ms", "15000");
    settings.putIfAbsent("request.timeout.ms", "10000");
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new Failure("Kafka's client cannot be made (kafka.*): " + cause.getMessage(), e);
    }
  }
}
