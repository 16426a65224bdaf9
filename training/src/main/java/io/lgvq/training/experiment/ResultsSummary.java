package io.lgvq.training.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page's first tables: what each guidance changes in the measures that matter most, over all
 * backbones together, and what the paper says of them. Stateless.
 *
 * <p>Backbones are averaged within a seed before seeds are compared: trainings of one seed share
 * their scenes and are no independent witnesses. Only backbones that have every guidance take part,
 * so that columns can be compared.
 */
final class ResultsSummary {

  private static final String NONE = "-";

  private final Results results;
  private final List<Cell> guided;

  private ResultsSummary(Results results) {
    this.results = results;
    List<Cell> all = results.cells().stream().filter(cell -> !cell.parts().isEmpty()).toList();
    long guidances = all.stream().map(Cell::guidance).distinct().count();
    this.guided =
        all.stream()
            .filter(
                cell ->
                    all.stream().filter(other -> other.backbone() == cell.backbone()).count()
                        == guidances)
            .toList();
  }

  /**
   * A table for each split.
   *
   * @param splits names of the test splits
   * @return empty if no guided cell is finished
   */
  static String of(Results results, List<String> splits) {
    var summary = new ResultsSummary(results);
    return summary.guided.isEmpty() ? "" : summary.write(splits);
  }

  private String write(List<String> splits) {
    List<String> guidances = guided.stream().map(Cell::guidance).distinct().toList();
    String backbones =
        guided.stream()
            .map(cell -> cell.backbone().title())
            .distinct()
            .collect(Collectors.joining(" and "));
    StringBuilder text =
        new StringBuilder(
            """
            ## In short

            Differences from the baseline of the same backbone and seed, averaged over %s of each seed and then
            over seeds, which alone are independent of each other. Last, what all losses change on the paper's pictures.

            """
                .formatted(backbones));
    for (String split : splits) {
      List<String> head = new ArrayList<>(List.of(ResultsPage.title(split)));
      head.addAll(guidances);
      head.add("the paper, all");
      text.append(ResultsPage.row(head));
      text.append(ResultsPage.row(head.stream().map(name -> "---").toList()));
      for (Measure measure : Measure.foremost()) {
        List<String> row = new ArrayList<>(List.of(ResultsPage.label(measure)));
        guidances.forEach(name -> row.add(difference(of(name), measure, split)));
        row.add(PaperFigures.gain(measure));
        text.append(ResultsPage.row(row));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private List<Cell> of(String guidance) {
    return guided.stream().filter(cell -> cell.guidance().equals(guidance)).toList();
  }

  private String difference(List<Cell> cells, Measure measure, String split) {
    Optional<Interval> base =
        results.mean(cells.stream().map(Cell::baseline).toList(), measure, split);
    Optional<Interval> found = results.difference(cells, measure, split);
    return base.isEmpty() || found.isEmpty()
        ? NONE
        : ResultsPage.difference(found.get(), base.get().mean())
            + seeds(found.get(), results.seeds().size());
  }

  /** How many seeds, where some are not there yet. */
  private static String seeds(Interval interval, int whole) {
    return interval.count() == whole
        ? ""
        : String.format(Locale.ROOT, " [%d of %d]", interval.count(), whole);
  }
}
