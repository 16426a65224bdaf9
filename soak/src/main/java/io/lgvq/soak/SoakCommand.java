package io.lgvq.soak;

import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.fleet.Folders;
import io.lgvq.soak.model.Model;
import io.lgvq.soak.report.Pages;
import io.lgvq.soak.report.Report;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code ./lgvq soak}. */
@Command(
    name = "lgvq soak",
    mixinStandardHelpOptions = true,
    description = {
      "Break things while records flow, and check every record.",
      "Starts three brokers, a registry and instances of all stages as processes of this machine;",
      "docs/soak.md says what is broken and what is checked."
    })
public final class SoakCommand implements Callable<Integer> {

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "The same seed gives the same faults in the same order. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--faults",
      paramLabel = "N",
      defaultValue = "18",
      description = "How many. Default: ${DEFAULT-VALUE}, each kind once.")
  private int faults;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "Draw from these alone, separated by commas; docs/soak.md lists all.")
  private List<String> kinds = List.of();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "20",
      description = "Images a second; there is a question to every two. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--bundle",
      paramLabel = "FOLDER",
      defaultValue = "bundles/lgvq-small",
      description = "The models to run. Default: ${DEFAULT-VALUE}.")
  private Path bundle;

  @Option(
      names = "--pure",
      description = "Functions that cost nothing in place of the models, for long runs.")
  private boolean pure;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a report in Markdown, again after each fault.")
  private Optional<Path> report;

  @Option(names = "--keep", description = "Keep data, state and logs also where nothing was found.")
  private boolean keep;

  @Spec private CommandSpec spec;

  private final Runner runner;

  private SoakCommand() {
    this(Soak::run);
  }

  /**
   * @param runner what runs it
   */
  SoakCommand(Runner runner) {
    this.runner = runner;
  }

  /** Runs what is asked for; see {@link Soak#run}. */
  interface Runner {
    Report run(
        SoakSettings settings, String command, Consumer<String> progress, Consumer<Report> soFar)
        throws Exception;
  }

  /**
   * Runs it and ends the JVM with its exit code: 0 good, 1 something was found or the run has not
   * come to its end, 2 wrong usage.
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SoakCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    require(faults >= 0, "--faults must be 0 or more");
    require(rate >= 1 && rate <= 10_000, "--rate must be 1 to 10000");
    require(
        report.map(file -> Files.isDirectory(file.toAbsolutePath().getParent())).orElse(true),
        "--report: there is no folder for that file");
    Path folder = Files.createTempDirectory("lgvq-soak");
    System.out.println("data, state and logs are in " + folder);
    SoakSettings settings =
        new SoakSettings(
            seed,
            faults,
            kinds(),
            rate,
            pure ? Model.PURE : inProject(bundle).toString(),
            inProject(Path.of("samples")),
            folder,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));
    String command =
        "./lgvq soak " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    var pages = new Pages(Stream.concat(Stream.of(folder.resolve("report.md")), report.stream()));
    Report result = runner.run(settings, command, System.out::println, pages::soFar);
    System.out.println(result.markdown());
    pages.write(result);
    if (result.isGood() && !keep) {
      delete(folder);
    }
    return result.isGood() ? 0 : 1;
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage() + ": " + e.getCause());
    }
  }

  private List<FaultKind> kinds() {
    try {
      return kinds.isEmpty()
          ? List.of(FaultKind.values())
          : kinds.stream().map(FaultKind::of).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--kinds: " + e.getMessage(), e);
    }
  }

  private static Path inProject(Path path) {
    Path root = Path.of(System.getProperty("lgvq.root", ""));
    return path.isAbsolute() || Files.exists(path) ? path.toAbsolutePath() : root.resolve(path);
  }

  private void require(boolean good, String otherwise) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
