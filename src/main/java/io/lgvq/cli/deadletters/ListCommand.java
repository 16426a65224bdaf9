package io.lgvq.cli.deadletters;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.shell.Json;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import io.lgvq.topology.replay.DeadLetterTopic;
import io.lgvq.topology.replay.ReplayMarkers;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "List dead letters by partition and offset, up to the end that the topic has now.")
final class ListCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private FilterOptions filter;

  @Option(names = "--limit", paramLabel = "N", description = "The first N alone.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "Print one line of JSON a letter.")
  private boolean json;

  @Spec private CommandSpec spec;

  private long listed;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
    }
    DeadLetterFilter wanted = filter.filter();
    LetterSource source = LetterSource.of(kafka.properties(spec));
    return source.ask(
        letters -> {
          list(letters, wanted, ReplayMarkers.read(source.properties(), source.topic()));
          return ExitCode.OK;
        });
  }

  private void list(DeadLetterTopic letters, DeadLetterFilter wanted, ReplayMarkers markers) {
    PrintWriter out = spec.commandLine().getOut();
    letters.read(
        wanted,
        letter -> {
          print(letter, markers, out);
          return listed < limit;
        });
    if (!json) {
      out.println(listed == 1 ? "1 dead letter" : listed + " dead letters");
    }
    out.flush();
  }

  private void print(DeadLetter letter, ReplayMarkers markers, PrintWriter out) {
    Letter printed = new Letter(letter, markers.replayed(letter));
    if (json) {
      out.println(Json.compact(printed.facts()));
    } else {
      out.print(listed == 0 ? Letter.head() + printed.row() : printed.row());
    }
    listed++;
  }
}
