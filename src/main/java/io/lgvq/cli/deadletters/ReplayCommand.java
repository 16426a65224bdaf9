package io.lgvq.cli.deadletters;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import io.lgvq.topology.replay.DeadLetterTopic;
import io.lgvq.topology.replay.Replay;
import io.lgvq.topology.replay.ReplayResult;
import io.lgvq.topology.replay.ReplayResult.Outcome;
import io.lgvq.topology.replay.Selection;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends the records of dead letters back to the topics they came from. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Send the records of dead letters back to the topics they came from, once: what was"
            + " replayed is noted, and a second replay sends nothing again.",
    footer = {
      "",
      "Exit codes: 0 all that was meant is sent, 1 something was refused, 2 wrong usage."
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private FilterOptions filter;

  @Parameters(
      arity = "0..*",
      paramLabel = "PARTITION:OFFSET",
      converter = Position.Parser.class,
      description = "These alone, as list prints them.")
  private List<Position> positions = new ArrayList<>();

  @Option(names = "--all", description = "All, instead of a filter or positions.")
  private boolean all;

  @Option(names = "--limit", paramLabel = "N", description = "Send N at most.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--max-replays",
      paramLabel = "N",
      description =
          "Refuse a record that died again after N replays, so that nothing goes round for ever."
              + " Default: ${DEFAULT-VALUE}.")
  private int mostReplays = 3;

  @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one line of JSON a letter.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  @Override
  public Integer call() {
    DeadLetterFilter wanted = filter.filter();
    check(!wanted.equals(DeadLetterFilter.all()));
    LetterSource source = LetterSource.of(kafka.properties(spec));
    return source.ask(
        letters -> {
          Selection selection =
              positions.isEmpty() ? Selection.of(wanted) : Selection.of(places(letters, source));
          Replay replay = new Replay(source.properties(), source.topic(), mostReplays);
          if (dryRun) {
            replay.rehearse(selection, limit, this::print);
          } else {
            replay.send(selection, limit, this::print);
          }
          return end();
        });
  }

  private void check(boolean filtered) {
    int ways = (positions.isEmpty() ? 0 : 1) + (filtered ? 1 : 0) + (all ? 1 : 0);
    if (ways != 1) {
      throw new ParameterException(
          spec.commandLine(), "say which: by filters, by positions, or --all");
    }
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
    }
    if (mostReplays < 1) {
      throw new ParameterException(spec.commandLine(), "--max-replays must be 1 or more");
    }
  }

  private List<Origin> places(DeadLetterTopic letters, LetterSource source) {
    for (Position position : positions) {
      if (letters.at(position.partition(), position.offset()).isEmpty()) {
        throw new Failure("there is no dead letter at %s; nothing was sent".formatted(position));
      }
    }
    return positions.stream()
        .map(at -> new Origin(source.topic(), at.partition(), at.offset()))
        .toList();
  }

  private void print(ReplayResult result) {
    counts.merge(result.outcome(), 1, Integer::sum);
    DeadLetter letter = result.letter();
    Letter printed = new Letter(letter, Optional.empty());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> facts = printed.facts();
      facts.remove("replayed"); // of the time before this replay
      facts.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
      facts.put("sentence", result.sentence());
      out.println(Json.compact(facts));
    } else {
      String to = letter.origin().map(Origin::topic).orElse("-");
      out.printf(
          "%-8s %-10s %s to %s%s%n",
          word(result.outcome()),
          printed.position(),
          printed.key(),
          to,
          result.sentence().isEmpty() ? "" : ": " + result.sentence());
    }
  }

  private int end() {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.printf(
          "%d %s, %d replayed before, %d refused%n",
          count(dryRun ? Outcome.SENDABLE : Outcome.SENT),
          dryRun ? "would be sent" : "sent",
          count(Outcome.ALREADY),
          count(Outcome.REFUSED));
    }
    out.flush();
    return count(Outcome.REFUSED) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case SENT -> "sent";
      case SENDABLE -> "would";
      case ALREADY -> "before";
      case REFUSED -> "refused";
    };
  }
}
