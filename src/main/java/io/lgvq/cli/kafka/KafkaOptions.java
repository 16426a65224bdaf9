package io.lgvq.cli.kafka;

import io.lgvq.cli.shell.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** Options of every command that works on your Kafka. */
public final class KafkaOptions {
  @Option(
      names = "-D",
      paramLabel = "property=value",
      description =
          "A property as serve takes it, for instance -Dkafka.bootstrap.servers=kafka:9092 or"
              + " -Dlgvq.topics.prefix=staging. ; environment variables and"
              + " config/application.properties count as well.")
  private Map<String, String> given = new LinkedHashMap<>();

  /** Everything that is set, here or elsewhere. */
  public ServeProperties properties() {
    return ServeProperties.of(given, Path.of(""));
  }

  /**
   * A client for administration, which gives up after 15 s unless told otherwise; the caller closes
   * it.
   *
   * @throws Failure if its properties are wrong
   */
  public static Admin admin(ServeProperties properties) {
    Map<String, Object> settings = properties.kafka();
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
