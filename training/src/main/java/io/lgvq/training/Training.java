package io.lgvq.training;

import io.lgvq.operators.bundle.BundleException;
import io.lgvq.training.experiment.Leash;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Entry of the training side's command line. */
@Command(
    name = "lgvq",
    description = "Trains and measures models.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      AuditCommand.class,
      ExperimentCommand.class,
      SamplesCommand.class,
      BenchCommand.class,
      BundleCommand.class
    })
public final class Training {

  /** Runs a subcommand; exits with 0 if good, 1 if it failed, 2 if it was called wrongly. */
  public static void main(String[] arguments) {
    Leash.heed();
    System.exit(commandLine().execute(arguments));
  }

  /** The command line as users get it. */
  static CommandLine commandLine() {
    return new CommandLine(new Training())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Training::failed);
  }

  /** What the user can mend is one sentence; what is a fault of ours keeps its trace. */
  private static int failed(Exception problem, CommandLine command, ParseResult arguments)
      throws Exception {
    if (problem instanceof IOException
        || problem instanceof IllegalArgumentException
        || problem instanceof IllegalStateException
        || problem instanceof BundleException) {
      command.getErr().println("lgvq: " + problem.getMessage());
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw problem;
  }
}
