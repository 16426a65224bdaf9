package io.lgvq.cli.deadletters;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at dead letters, and sends their records again. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Look at the records that no stage could use, and send them again.",
    subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class},
    footer = {"", "docs/dead-letters.md says what each reason means and what to do about it."})
public final class DeadLettersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say list, show or replay");
  }
}
