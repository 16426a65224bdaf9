package io.lgvq.cli;

import io.lgvq.cli.shell.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Help of {@code serve}: the launcher starts the application itself, without this JVM. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the application against a Kafka and a Schema Registry of your own.",
    customSynopsis = "lgvq serve [-Dproperty=value]...",
    footer = {
      "",
      "For instance:",
      "  lgvq serve -Dkafka.bootstrap.servers=kafka:9092 -Dschema.registry.url=http://registry:8081",
      "             -Dlgvq.stages=tokenize,caption -Dlgvq.topics.create=true",
      "",
      "Every kafka.* and schema.registry.* property is passed through. All properties can be",
      "environment variables too (LGVQ_STAGES, KAFKA_BOOTSTRAP_SERVERS); docs/configuration.md",
      "lists them."
    })
final class ServeCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new Failure("serve is started by the launcher: ./lgvq serve");
  }
}
