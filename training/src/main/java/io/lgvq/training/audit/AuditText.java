package io.lgvq.training.audit;

import io.lgvq.training.evaluate.ReportTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** An audit as Markdown, which is good to read on a terminal too. Stateless. */
public final class AuditText {

  private static final int CARD_ROWS = 5;

  private AuditText() {}

  /**
   * All measures, the worst of each.
   *
   * @param rows most comparisons of a measure; below 1 for all
   */
  public static String of(AuditReport report, int rows) {
    StringBuilder text = new StringBuilder();
    text.append("Where %s does worse, on %s.\n\n".formatted(report.bundle(), report.corpus()))
        .append(numbers(report))
        .append("\n\n")
        .append(overall(report));
    for (AuditReport.Overall measure : report.overall()) {
      List<Finding> all = of(report, measure.measure());
      List<Finding> shown = all.subList(0, rows < 1 ? all.size() : Math.min(rows, all.size()));
      if (!shown.isEmpty()) {
        text.append(
            "\n%s, worst first, %d of %d:\n\n"
                .formatted(measure.measure(), shown.size(), all.size()));
        text.append(table(shown, false));
      }
    }
    return text.toString();
  }

  /**
   * The section of a model card, without its heading.
   *
   * @param command that measures it again
   * @param pictures file with examples, relative to the card; empty for none
   * @param credits whose pictures these are, Markdown
   */
  public static String card(AuditReport report, String command, String pictures, String credits) {
    List<Finding> shown = new ArrayList<>();
    for (AuditReport.Overall measure : report.overall()) {
      of(report, measure.measure()).stream()
          .filter(finding -> finding.worse() && finding.confirmed())
          .limit(CARD_ROWS)
          .forEach(shown::add);
    }
    StringBuilder text = new StringBuilder();
    text.append("Measured on %s, with\n\n    %s\n\n".formatted(report.corpus(), command))
        .append(numbers(report))
        .append("\n\n")
        .append(overall(report));
    if (shown.isEmpty()) {
      text.append("\nNothing that is worse than the mean holds among all comparisons.\n");
    } else {
      text.append(
          "\nWorse than the mean, and held among all comparisons: of each measure the worst %d. The command names all, and what is better.\n\n"
              .formatted(CARD_ROWS));
      text.append(table(shown, true));
    }
    if (!pictures.isEmpty()) {
      text.append(
          """

          Failure examples in pictures: for each of the surest findings an image that fails, drawn by
          chance. They are not typical: most images do not fail.

          ![Originals, reconstructions, and what was said beside what is true](%s)

          %s
          """
              .formatted(pictures, credits.strip()));
    }
    return text.toString();
  }

  private static List<Finding> of(AuditReport report, String measure) {
    Predicate<Finding> same = finding -> finding.measure().equals(measure);
    return report.findings().stream().filter(same).toList();
  }

  private static String numbers(AuditReport report) {
    return ReportTable.format(
        "%d images of %s%s; up to %d a split. %d comparisons of a value of a trait with the mean"
            + " of all, each of at least %d questions, objects or images (%d had fewer and were not"
            + " made). By chance at most %.0f of them would be expected to leave the mean out of"
            + " their 95 %% interval; %d do (`*`). %d of these hold among all comparisons, at a"
            + " false discovery rate of 5 %% (`**`, Benjamini and Hochberg).",
        report.images(),
        String.join(", ", report.splits()),
        report.leftOut() == 0
            ? ""
            : " (%d more were left out: the bundle has no word for an object in them)"
                .formatted(report.leftOut()),
        report.limit(),
        report.compared(),
        report.least(),
        report.tooFew(),
        report.outsideByChance(),
        report.outside(),
        report.confirmed());
  }

  private static String overall(AuditReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("measure", "n", "mean of all"));
    for (AuditReport.Overall measure : report.overall()) {
      rows.add(
          List.of(
              measure.measure(),
              Integer.toString(measure.n()),
              number(measure.measure(), measure.mean()) + unit(measure.measure())));
    }
    return ReportTable.table(rows);
  }

  private static String table(List<Finding> findings, boolean measures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row("measure", measures, "trait", "value", "n", "measured", "expected", "difference", ""));
    for (Finding finding : findings) {
      String measure = finding.measure();
      rows.add(
          row(
              measure,
              measures,
              finding.trait(),
              finding.value(),
              Integer.toString(finding.n()),
              "%s (%s to %s)"
                  .formatted(
                      number(measure, finding.measured()),
                      number(measure, finding.low()),
                      number(measure, finding.high())),
              number(measure, finding.expected()),
              (finding.worse() ? "" : "+") + number(measure, finding.difference()),
              mark(finding)));
    }
    return ReportTable.table(rows);
  }

  private static List<String> row(String measure, boolean measures, String... cells) {
    List<String> row = new ArrayList<>();
    if (measures) {
      row.add(measure);
    }
    row.addAll(List.of(cells));
    return row;
  }

  private static String mark(Finding finding) {
    if (finding.confirmed()) {
      return "`**`";
    }
    return finding.outside() ? "`*`" : "";
  }

  private static String number(String measure, double value) {
    return decibels(measure) ? ReportTable.format("%.2f", value) : ReportTable.percent(value);
  }

  private static String unit(String measure) {
    return decibels(measure) ? " dB" : " %";
  }

  private static boolean decibels(String measure) {
    return measure.equals(Measure.PSNR.name());
  }
}
