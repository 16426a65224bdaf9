package io.lgvq.training;

import io.lgvq.training.experiment.Cell;
import io.lgvq.training.experiment.Experiment;
import io.lgvq.training.experiment.Trainings;
import io.lgvq.training.run.Backbone;
import io.lgvq.training.run.Preset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code experiment}: the grid of backbones and guidance over some seeds, and the page that
 * compares them. Can be stopped at any moment; started again it goes on.
 */
@Command(
    name = "experiment",
    description = "Trains every backbone with and without guidance, and writes how they compare.",
    mixinStandardHelpOptions = true)
public final class ExperimentCommand implements Callable<Integer> {

  @Option(
      names = "--preset",
      defaultValue = "experiment",
      description = "Of every training (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--folder",
      defaultValue = "experiment-run",
      description = "Of all trainings (default: ${DEFAULT-VALUE})")
  private Path folder;

  @Option(
      names = "--records",
      defaultValue = "docs/results",
      description =
          "Of all trials, small files; a trial on record is not trained again (default:"
              + " ${DEFAULT-VALUE})")
  private Path records;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "Three at least for an interval (default: ${DEFAULT-VALUE})")
  private List<Long> seeds;

  @Option(
      names = "--backbone",
      split = ",",
      description = "Some of vq-vae, vq-gan and cvq alone, with commas between (default: all)")
  private List<String> backbones = List.of();

  @Option(
      names = "--guidance",
      split = ",",
      description =
          "Some of baseline, gsa, mtp, mtp+ras, mtp+gsa and all alone, with commas between"
              + " (default: all of them)")
  private List<String> guidance = List.of();

  @Parameters(
      paramLabel = "OPTION",
      description =
          "Behind a lone --: further options of every training, for instance -- --text-encoder"
              + " bge-small")
  private List<String> further = List.of();

  @Option(
      names = "--together",
      defaultValue = "2",
      description = "Trainings side by side, one thread each (default: ${DEFAULT-VALUE})")
  private int together;

  @Option(
      names = "--kinds",
      defaultValue = "10",
      description =
          "Of objects in the scenes: fewer are told apart after fewer images (default:"
              + " ${DEFAULT-VALUE})")
  private int kinds;

  @Option(
      names = "--measured",
      defaultValue = "500",
      description = "Most images a test split that are measured (default: ${DEFAULT-VALUE})")
  private int measured;

  @Option(
      names = "--page",
      defaultValue = "docs/results.md",
      description = "Where the results are written (default: ${DEFAULT-VALUE})")
  private Path page;

  @Option(
      names = "--report-only",
      description = "Trains nothing; writes the page of what is finished")
  private boolean reportOnly;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (together < 1) {
      throw new ParameterException(spec.commandLine(), "--together must be at least 1");
    }
    String settings = settings();
    PrintWriter out = spec.commandLine().getOut();
    Experiment experiment = new Experiment(cells(), seeds, folder, records);
    experiment.requireSettings(settings);
    String command = CommandAgain.of(spec.root().commandLine().getParseResult().originalArgs());
    if (!reportOnly) {
      new Trainings(
              trial ->
                  Trainings.again(
                      Training.class.getName(), trial.arguments(preset, kinds, measured, further)),
              settings,
              together,
              line -> {
                out.println(line);
                out.flush();
              })
          .run(experiment.trials());
    }
    experiment.report(page, command);
    out.println("results: " + page);
    out.flush();
    return 0;
  }

  /** What trials must have in common; the preset by its content, for it may be a file. */
  private String settings() throws IOException {
    String digest = Preset.of(preset).digest();
    return "preset %s, %d kinds of objects, measured %d%s"
        .formatted(
            digest,
            kinds,
            measured,
            further.isEmpty() ? "" : ", options " + String.join(" ", further));
  }

  private List<Cell> cells() {
    Set<Backbone> chosen = chosen();
    List<String> known = Cell.grid().stream().map(Cell::guidance).distinct().toList();
    for (String name : guidance) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--guidance: no '%s'; there are %s".formatted(name, String.join(", ", known)));
      }
    }
    return Cell.grid().stream()
        .filter(cell -> chosen.contains(cell.backbone()))
        .filter(cell -> guidance.isEmpty() || guidance.contains(cell.guidance()))
        .toList();
  }

  private Set<Backbone> chosen() {
    if (backbones.isEmpty()) {
      return EnumSet.allOf(Backbone.class);
    }
    try {
      return backbones.stream().map(Backbone::named).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--backbone: " + e.getMessage(), e);
    }
  }
}
