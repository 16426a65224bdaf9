package io.lgvq.soak.report;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.verify.Findings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run on one page of Markdown.
 *
 * @param run what was run
 * @param sent what was fed
 * @param recoveries of all faults, in their order
 * @param calm how long what was fed took to come out without any fault, several times
 * @param findings what is wrong
 * @param counts what is no finding, and good to know
 */
public record Report(
    Run run,
    Sent sent,
    List<Recovery> recoveries,
    List<Duration> calm,
    Findings findings,
    Counts counts) {

  /**
   * What was run.
   *
   * @param command that gives it again
   * @param model what the engines were
   * @param began when
   * @param ended when
   */
  public record Run(String command, String model, Instant began, Instant ended) {}

  /**
   * What happened beside.
   *
   * @param gaveUp questions answered as about unknown images although the image came
   * @param fallen instances that ended by themselves and were started again
   * @param missed faults that did not find the moment they were meant for
   * @param codebooks how many images have tokens of each codebook
   */
  public record Counts(int gaveUp, int fallen, int missed, Map<String, Integer> codebooks) {}

  /** Whether nothing is wrong. */
  public boolean isGood() {
    return findings.count() == 0;
  }

  /** The verdict in a sentence. */
  public String verdict() {
    String after =
        "%,d faults, %,d images and %,d questions"
            .formatted(recoveries.size(), sent.images(), sent.questions());
    return isGood()
        ? after + ": nothing lost, nothing doubled, nothing foreign, all in order."
        : after + ": " + findings.count() + " findings.";
  }

  /** The page. */
  public String markdown() {
    var page = new StringBuilder();
    page.append("# Soak: ").append(verdict()).append("\n\n");
    page.append("    ").append(run.command()).append("\n\n");
    page.append(
        "%s, %s, %d processors, load %.1f at the end, Java %s; began %s, took %s.\nEngines: %s.\n\n"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"),
                run.began().truncatedTo(ChronoUnit.SECONDS),
                Duration.between(run.began(), run.ended()).truncatedTo(ChronoUnit.SECONDS),
                run.model()));
    page.append("| fault | times | back: median | worst | output again: median | worst |\n");
    page.append("|---|---|---|---|---|---|\n");
    page.append(row("none", calm.size(), List.of(), calm));
    for (FaultKind kind : FaultKind.values()) {
      List<Recovery> of =
          recoveries.stream().filter(recovery -> recovery.fault().kind() == kind).toList();
      if (!of.isEmpty()) {
        page.append(
            row(
                kind.code(),
                of.size(),
                present(of.stream().map(Recovery::back)),
                present(of.stream().map(Recovery::flows))));
      }
    }
    page.append(
        """

        *Back*: seconds from the fault until all stages of all instances run, the restart of the process
        included. *Output again*: until every partition of every output topic shows a record that was fed
        after the fault; without a fault that takes as long as the first row says.

        """);
    page.append(
        "%d instances ended by themselves and were started again. %d questions were answered as about unknown images although their image came. %d faults did not find the moment they were meant for.\n"
            .formatted(counts.fallen(), counts.gaveUp(), counts.missed()));
    page.append("Images by the codebook of their tokens: ").append(codebooks()).append(".\n");
    findings.kept().forEach(finding -> page.append("\n- ").append(finding));
    int more = findings.count() - findings.kept().size();
    if (more > 0) {
      page.append("\n- and ").append(more).append(" more");
    }
    return page.append(isGood() ? "" : "\n").toString();
  }

  private String codebooks() {
    return counts.codebooks().entrySet().stream()
        .map(each -> "%,d of %.12s".formatted(each.getValue(), each.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static List<Duration> present(Stream<Optional<Duration>> durations) {
    return durations.flatMap(Optional::stream).toList();
  }

  private static String row(String name, int times, List<Duration> back, List<Duration> flows) {
    List<String> cells = new ArrayList<>(Arrays.asList(name, Integer.toString(times)));
    for (List<Duration> durations : List.of(back, flows)) {
      long[] millis = durations.stream().mapToLong(Duration::toMillis).sorted().toArray();
      cells.add(
          millis.length == 0
              ? ""
              : seconds((millis[(millis.length - 1) / 2] + millis[millis.length / 2]) / 2));
      cells.add(millis.length == 0 ? "" : seconds(millis[millis.length - 1]));
    }
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
