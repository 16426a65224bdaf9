package io.lgvq.training.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The grid of {@link Cell#grid()} over some seeds, in one folder. Seed comes after seed, so that an
 * experiment that is stopped has whole seeds to compare.
 *
 * <p>Threading: one thread.
 */
public final class Experiment {

  /** The test splits that cells are compared on. */
  static final List<String> SPLITS = List.of("test-new-compositions", "test-new-hand");

  /** Of a page and a split, so that pages may stand side by side. */
  private static final String PICTURE = "%s-%s.png";

  private final List<Trial> trials = new ArrayList<>();

  /**
   * @param cells to be trained
   * @param folder of all trainings
   * @param records of all trials
   */
  public Experiment(List<Cell> cells, List<Long> seeds, Path folder, Path records) {
    for (long seed : seeds) {
      for (Cell cell : cells) {
        trials.add(Trial.of(cell, seed, folder, records));
      }
    }
  }

  /**
   * Makes sure that all trials on record can be compared with those to come.
   *
   * @param settings what they must have in common
   * @throws IOException if one has others; the message names its file
   */
  public void requireSettings(String settings) throws IOException {
    for (Trial trial : trials) {
      if (trial.finished()) {
        String recorded = TrialRecord.read(trial.record()).settings();
        if (!recorded.equals(settings)) {
          throw new IOException(
              "%s has other settings (%s): choose another --records and --folder, or remove it and %s"
                  .formatted(trial.record(), recorded, trial.folder()));
        }
      }
    }
  }

  /** All its trainings, in order. */
  public List<Trial> trials() {
    return List.copyOf(trials);
  }

  /**
   * Writes the page of results, and its pictures beside it.
   *
   * @param page Markdown file
   * @param command that makes the results again
   */
  public void report(Path page, String command) throws IOException {
    Results results = Results.of(trials);
    Path folder = page.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    String name = page.getFileName().toString().replaceFirst("\\.md$", "");
    StringBuilder pictures = new StringBuilder("\n## Drawn\n");
    for (String split : SPLITS) {
      String picture = PICTURE.formatted(name, split.replaceFirst("^test-", ""));
      ResultsPlot.draw(results, split, folder.resolve(picture));
      if (Files.exists(folder.resolve(picture))) {
        pictures
            .append("\n![Differences from the baselines, ")
            .append(split)
            .append("](")
            .append(picture)
            .append(")\n");
      }
    }
    Files.writeString(page, ResultsPage.of(results, command, SPLITS) + pictures);
  }
}
