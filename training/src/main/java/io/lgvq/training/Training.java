package io.lgvq.training;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the training side's command line. */
@Command(
    name = "lgvq",
    description = "Trains and measures models.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ExperimentCommand.class,
      SamplesCommand.class,
      BundleCommand.class
    })
public final class Training {

  /** Runs a subcommand; exits with 0 if good, 1 if it failed, 2 if it was called wrongly. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Training())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }
}
