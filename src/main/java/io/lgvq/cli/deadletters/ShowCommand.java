package io.lgvq.cli.deadletters;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.replay.Replay;
import io.lgvq.topology.replay.ReplayMarkers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show all that one dead letter says, and write its value to a file.")
final class ShowCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;

  @Parameters(
      paramLabel = "PARTITION:OFFSET",
      converter = Position.Parser.class,
      description = "As list prints it, for instance 0:17.")
  private Position position;

  @Option(
      names = "--value",
      paramLabel = "FILE",
      description = "Write the original value there, byte for byte.")
  private Path file;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LetterSource source = LetterSource.of(kafka.properties(spec));
    return source.ask(
        letters -> {
          DeadLetter letter =
              letters.at(position.partition(), position.offset()).orElseThrow(this::missing);
          ReplayMarkers markers = ReplayMarkers.read(source.properties(), source.topic());
          print(new Letter(letter, markers.replayed(letter)));
          if (file != null) {
            write(letter);
          }
          return ExitCode.OK;
        });
  }

  /** One header as it is printed. */
  private record HeaderLine(String name, String value) {
    static HeaderLine of(Header header) {
      return new HeaderLine(
          Letter.printable(header.key()),
          header.value() == null ? "" : Letter.printable(header.value()));
    }
  }

  private Failure missing() {
    return new Failure("there is no dead letter at %s".formatted(position));
  }

  private void print(Letter letter) {
    Map<String, Object> facts = letter.facts();
    facts.put("sha256", digest(letter.letter()));
    List<HeaderLine> headers = new ArrayList<>(); // no map: a name may stand there twice
    for (Header header : letter.letter().headers()) {
      headers.add(HeaderLine.of(header));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      facts.put("headers", headers);
      out.println(Json.pretty(facts));
    } else {
      facts.put("origin", letter.letter().origin().map(Replay::name));
      facts.forEach((name, value) -> out.printf("%-10s %s%n", name, plain(value)));
      headers.forEach(line -> out.printf("header     %s: %s%n", line.name(), line.value()));
    }
    out.flush();
  }

  /** SHA-256 of the original value, also where the letter is without it; none of a null. */
  private static Optional<String> digest(DeadLetter letter) {
    return letter
        .text(DeadLetters.VALUE_SHA256)
        .or(() -> Optional.ofNullable(letter.value()).map(DeadLetters::sha256));
  }

  private void write(DeadLetter letter) {
    if (letter.omittedBytes().isPresent()) {
      throw new Failure(
          "the dead letter at %s is without its value, which stands at %s for as long as that topic keeps it"
              .formatted(position, letter.origin().map(Replay::name).orElse("its origin")));
    }
    if (letter.value() == null) {
      throw new Failure("the record of the dead letter at %s had no value".formatted(position));
    }
    try {
      Files.write(file, letter.value());
    } catch (IOException e) {
      throw new Failure("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String plain(Object value) {
    Object shown = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    return shown == null ? "-" : Letter.printable(shown.toString());
  }
}
