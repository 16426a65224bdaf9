package io.lgvq.training.experiment;

import io.lgvq.training.run.Backbone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as Markdown. Stateless. */
final class ResultsPage {

  private static final String NONE = "-";
  private static final int DECIMALS = 2;
  private static final double SMALL = 1;
  private static final double NOTHING = 1e-9;

  private final Results results;
  private final List<String> splits;
  private final StringBuilder text = new StringBuilder();

  private ResultsPage(Results results, List<String> splits) {
    this.results = results;
    this.splits = splits;
  }

  /**
   * The tables and the sentences between them.
   *
   * @param command that made the results
   * @param splits that are compared
   */
  static String of(Results results, String command, List<String> splits) {
    return new ResultsPage(results, splits).write(command);
  }

  private String write(String command) {
    text.append(
        """
        # Does language guidance help?

        Written by `%s` from %d trainings (seeds %s). Trainings of one seed see the same scenes in the same
        order, begin with the same values and have the same budget; they differ in the guidance alone. Heads and
        language probes are trained afresh on the frozen codes of each, all with one budget, so that a guided
        codebook has no start over a plain one. Figures are means over seeds with 95 %% intervals (Student's t).
        A difference is that of trainings of one seed, averaged over seeds; **bold** where its interval excludes
        zero. There are many comparisons on this page: some of the bold ones are chance. What is told without the
        image has no differences: it knows nothing of the codes, and varies between cells of a seed only because its
        training does. What a guided step costs is another measurement: [training](training.md) has it.

        """
            .formatted(command, results.count(), seeds()));
    text.append(ResultsSummary.of(results, splits));
    for (String split : splits) {
      text.append("## ").append(title(split)).append("\n\n");
      for (Backbone backbone : Backbone.values()) {
        section(backbone, split);
      }
    }
    losses();
    return text.append(PaperFigures.markdown()).toString();
  }

  private String seeds() {
    return String.join(", ", results.seeds().stream().map(String::valueOf).toList());
  }

  /** A test split in words. */
  static String title(String split) {
    String words = split.replaceFirst("^test-", "").replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private List<Cell> cells(Backbone backbone) {
    return results.cells().stream().filter(cell -> cell.backbone() == backbone).toList();
  }

  private void section(Backbone backbone, String split) {
    List<Cell> cells = cells(backbone);
    if (cells.isEmpty()) {
      return;
    }
    text.append("### ").append(backbone.title()).append("\n\n");
    row("", cells.stream().map(Cell::guidance).toList());
    row("---", cells.stream().map(cell -> "---").toList());
    for (Measure measure : Measure.all()) {
      List<Optional<Interval>> means =
          cells.stream().map(cell -> results.mean(cell, measure, split)).toList();
      if (means.stream().anyMatch(Optional::isPresent)) {
        row(
            label(measure),
            means.stream().map(mean -> mean.map(ResultsPage::plain).orElse(NONE)).toList());
      }
    }
    List<Cell> guided = cells.stream().filter(cell -> !cell.parts().isEmpty()).toList();
    if (guided.isEmpty()) {
      text.append('\n');
      return;
    }
    text.append("\nDifference from the baseline:\n\n");
    row("", guided.stream().map(Cell::guidance).toList());
    row("---", guided.stream().map(cell -> "---").toList());
    for (Measure measure : Measure.sighted()) {
      List<String> differences = new ArrayList<>();
      for (Cell cell : guided) {
        differences.add(difference(cell, measure, split));
      }
      if (differences.stream().anyMatch(cell -> !cell.equals(NONE))) {
        row(label(measure), differences);
      }
    }
    text.append('\n');
  }

  private String difference(Cell cell, Measure measure, String split) {
    Optional<Interval> base = results.mean(cell.baseline(), measure, split);
    return results
        .difference(cell, measure, split)
        .flatMap(found -> base.map(mean -> difference(found, mean.mean())))
        .orElse(NONE);
  }

  /**
   * A difference with its interval, bold where that excludes zero, and how much it is of the
   * baseline's figure. It has as many decimals as the figures that it is between.
   */
  static String difference(Interval found, double baseline) {
    String signed = (found.mean() > 0 ? "+" : "") + found.text(decimals(baseline));
    String relative =
        Math.abs(baseline) < NOTHING
            ? ""
            : String.format(Locale.ROOT, " (%+.0f %%)", 100 * found.mean() / Math.abs(baseline));
    return (found.excludesZero() ? "**" + signed + "**" : signed) + relative;
  }

  private static int decimals(double figure) {
    return Math.abs(figure) < SMALL ? DECIMALS + 2 : DECIMALS;
  }

  private static String plain(Interval interval) {
    return interval.text(decimals(interval.mean()));
  }

  /** A measure with its unit, and which way is better where that is less. */
  static String label(Measure measure) {
    return measure.title()
        + (measure.unit().isEmpty() ? "" : ", " + measure.unit())
        + (measure.more() ? "" : " (less is better)");
  }

  private void losses() {
    text.append("## Where guidance loses\n\n");
    List<String> lines = new ArrayList<>();
    for (String split : splits) {
      for (Cell cell : results.cells()) {
        for (Measure measure : Measure.sighted()) {
          results
              .difference(cell, measure, split)
              .filter(found -> !cell.parts().isEmpty() && found.excludesZero())
              .filter(found -> found.mean() < 0 == measure.more())
              .ifPresent(
                  found ->
                      lines.add(
                          "- %s, %s: %s, %s"
                              .formatted(title(split), cell, measure.title(), plain(found))));
        }
      }
    }
    text.append(lines.isEmpty() ? noLosses() : String.join("\n", lines)).append("\n\n");
  }

  private String noLosses() {
    boolean told =
        results.cells().stream()
            .filter(cell -> !cell.parts().isEmpty())
            .flatMap(cell -> Measure.sighted().stream().map(any -> difference(cell, any)))
            .flatMap(Optional::stream)
            .anyMatch(found -> found.count() > 1);
    return told
        ? "Nowhere by more than the interval."
        : "It takes two seeds of a cell and its baseline to tell, and there are none yet.";
  }

  private Optional<Interval> difference(Cell cell, Measure measure) {
    return results.difference(cell, measure, splits.get(0));
  }

  private void row(String first, List<String> cells) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(cells);
    text.append(row(all));
  }

  /** A row of a table in Markdown. */
  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
