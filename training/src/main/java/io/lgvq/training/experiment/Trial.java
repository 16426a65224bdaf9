package io.lgvq.training.experiment;

import io.lgvq.training.guidance.GuidanceSettings.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One training of the grid, in a folder of its own.
 *
 * @param cell what is trained
 * @param seed decides scenes, order and first values, so that the trials of a seed differ in the
 *     cell alone
 * @param folder of the training
 * @param record file of what it measured, see {@link TrialRecord}
 */
public record Trial(Cell cell, long seed, Path folder, Path record) {

  private static final String REPORT = "report.json";

  /**
   * The trial of a cell.
   *
   * @param experiment folder of all trainings
   * @param records folder of all records
   */
  public static Trial of(Cell cell, long seed, Path experiment, Path records) {
    String name = "%s-%s-seed-%d".formatted(cell.backbone().title(), cell.guidance(), seed);
    return new Trial(cell, seed, experiment.resolve(name), records.resolve(name + ".json"));
  }

  /** Whether its results are on record; its training's folder is then no longer needed. */
  public boolean finished() {
    return Files.exists(record);
  }

  /** What its training writes last. */
  public Path report() {
    return folder.resolve(REPORT);
  }

  /**
   * The arguments of the {@code train} command that runs it.
   *
   * @param kinds of objects in the scenes
   * @param measured most images of each of {@link Experiment#SPLITS} that are measured
   * @param further options of every training
   */
  public List<String> arguments(String preset, int kinds, int measured, List<String> further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--preset",
                preset,
                "--backbone",
                cell.backbone().title(),
                "--seed",
                Long.toString(seed),
                "--kinds",
                Integer.toString(kinds),
                "--measured",
                Integer.toString(measured),
                "--splits",
                String.join(",", Experiment.SPLITS),
                "--folder",
                folder.toString()));
    if (cell.parts().isEmpty()) {
      arguments.add("--plain");
    } else {
      arguments.add("--guidance");
      arguments.add(
          cell.parts().stream()
              .map(Part::name)
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(",")));
    }
    arguments.addAll(further);
    return arguments;
  }

  /** For instance {@code vq-gan, mtp+gsa, seed 2}. */
  @Override
  public String toString() {
    return "%s, seed %d".formatted(cell, seed);
  }
}
