package io.lgvq.cli;

import io.lgvq.cli.deadletters.DeadLettersCommand;
import io.lgvq.cli.demo.DemoCommand;
import io.lgvq.cli.topics.TopicsCommand;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line. It lies outside Quarkus, so that commands that need no server start none; the
 * launcher {@code ./lgvq} builds it and calls it.
 *
 * <p>Exit codes: 0 good, 1 failed (one sentence on standard error says why), 2 wrong usage.
 */
@Command(
    name = "lgvq",
    mixinStandardHelpOptions = true,
    version = "LG-VQ Streams 0.1.0",
    description =
        "Turns a feed of images into a feed of language-aligned tokens, captions and answers.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      TokenizeCommand.class,
      ReconstructCommand.class,
      CaptionCommand.class,
      AskCommand.class,
      PaintCommand.class,
      CompleteCommand.class,
      BundleCommand.class,
      DeadLettersCommand.class,
      TopicsCommand.class,
      RolloutCommand.class,
      RetokenizeCommand.class
    },
    footer = {
      "",
      "The launcher itself also has:",
      "  train, evaluate, samples  train a bundle, measure it, draw sample scenes (--help of each)",
      "  audit                     where a bundle does worse (--help)",
      "  experiment                train with and without guidance, and compare (--help)",
      "  bundle import             make a bundle of VQGAN weights that were trained elsewhere",
      "  bundle codebook           draw every code of a bundle",
      "  bench tokenize            what the stream costs beside a plain loop",
      "  bench train               what a training step costs beside plain PyTorch",
      "  bench guidance            what a guided training step costs beside a plain one",
      "  soak                      break things while records flow, and check every one (--help)",
      "  test                      build everything and run all tests",
      "",
      "Exit codes: 0 good, 1 failed, 2 wrong usage. LGVQ_JAVA_OPTS adds options for the JVM."
    })
public final class Lgvq implements Callable<Integer> {
  /** Set ({@code true}) to see stack traces of failures. */
  static final String TRACE = "lgvq.trace";

  @Spec private CommandSpec spec;

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  /** The command line with all commands, ready to execute. */
  public static CommandLine line() {
    return new CommandLine(new Lgvq())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(Lgvq::failed);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    String sentence =
        Optional.ofNullable(failure.getMessage())
            .orElseGet(() -> failure.getClass().getSimpleName());
    line.getErr().println("lgvq: " + sentence);
    if (Boolean.getBoolean(TRACE)) {
      failure.printStackTrace(line.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
