package io.lgvq.soak.report;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.verify.Findings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
 * @param unfinished why the run has not come to its end, in a sentence; empty if it has
 */
public record Report(
    Run run,
    Sent sent,
    List<Recovery> recoveries,
    List<Duration> calm,
    Findings findings,
    Counts counts,
    Optional<String> unfinished) {

  /** What a killed instance is said to be back in; not held to, for machines differ. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /**
   * What was run.
   *
   * @param command that gives it again
   * @param code version and commit that the classes were built from
   * @param model what the engines were
   * @param began when
   * @param ended when
   */
  public record Run(String command, String code, String model, Instant began, Instant ended) {}

  /**
   * What happened beside.
   *
   * @param gaveUp questions answered as about unknown images although the image came
   * @param fallen instances that ended by themselves and were started again
   * @param codebooks how many images have tokens of each codebook
   */
  public record Counts(int gaveUp, int fallen, Map<String, Integer> codebooks) {}

  /** Whether the run has come to its end and nothing is wrong. */
  public boolean isGood() {
    return unfinished.isEmpty() && findings.count() == 0;
  }

  /** The kinds of faults that did not come to what was meant, one for each time. */
  public List<FaultKind> missed() {
    return recoveries.stream()
        .filter(Recovery::missed)
        .map(recovery -> recovery.fault().kind())
        .toList();
  }

  /** The verdict in a sentence. */
  public String verdict() {
    String after =
        "%,d faults, %,d images and %,d questions"
            .formatted(recoveries.size(), sent.images(), sent.questions());
    String found =
        findings.count() == 0
            ? "nothing found"
            : findings.count() == 1 ? "1 finding" : findings.count() + " findings";
    return unfinished
        .map(why -> "not finished: %s; so far %s, %s.".formatted(why, after, found))
        .orElse(
            isGood()
                ? after + ": nothing lost, nothing doubled, nothing foreign, all in order."
                : after + ": " + found + ".");
  }

  /** The page. */
  public String markdown() {
    var page = new StringBuilder();
    Duration took = Duration.between(run.began(), run.ended());
    page.append("# Soak: ").append(verdict()).append("\n\n");
    page.append("    ").append(run.command()).append("\n\n");
    page.append(
        "%s, %s, %d processors, load %.1f at the end, Java %s; began %s, took %d min %d s.\nCode: %s. Engines: %s.\n\n"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"),
                run.began().truncatedTo(ChronoUnit.SECONDS),
                took.toMinutes(),
                took.toSecondsPart(),
                run.code(),
                run.model()));
    table(page);
    page.append(
        """

        *Back*: seconds from the fault until all stages of all instances run, the restart of the process
        included. *Output again*: until every partition of every output topic shows a record that was fed
        after the fault; without a fault that takes as long as the first row says.

        """);
    kills(page);
    work(page);
    page.append(
        "%d instances ended by themselves and were started again. %d questions were answered as about unknown images although their image came.\n"
            .formatted(counts.fallen(), counts.gaveUp()));
    page.append(missedInWords());
    page.append("Images by the codebook of their tokens: ").append(codebooks()).append(".\n");
    findings.kept().forEach(finding -> page.append("\n- ").append(finding));
    int more = findings.count() - findings.kept().size();
    if (more > 0) {
      page.append("\n- and ").append(more).append(" more");
    }
    return page.append(findings.count() == 0 ? "" : "\n").toString();
  }

  private void table(StringBuilder page) {
    page.append(
        "| fault | times | back: median | 95 % | worst | output again: median | 95 % | worst |\n");
    page.append("|---|---|---|---|---|---|---|---|\n");
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
  }

  private void kills(StringBuilder page) {
    List<Optional<Duration>> all =
        recoveries.stream()
            .filter(recovery -> recovery.fault().kind().isKillOfInstance())
            .map(Recovery::back)
            .toList();
    if (all.isEmpty()) {
      return;
    }
    var back = new Times(present(all.stream()));
    int never = all.size() - back.count();
    page.append(
        "Of %d kills of an instance (kill -9), %d took longer than %d s until it was back%s%s.\n"
            .formatted(
                all.size(),
                back.longerThan(SOON) + never,
                SOON.toSeconds(),
                back.isEmpty() ? "" : "; the worst took " + Times.seconds(back.worst()),
                never == 0 ? "" : ", and " + never + " did not come back"));
  }

  private void work(StringBuilder page) {
    int[] due = recoveries.stream().mapToInt(Recovery::due).sorted().toArray();
    if (due.length > 0) {
      page.append(
          "Records that were due of those who were struck, at the moment of the fault: %d at the median, %d at least.\n"
              .formatted(due[(due.length - 1) / 2], due[0]));
    }
  }

  private String missedInWords() {
    Map<String, Long> missed =
        missed().stream().collect(Collectors.groupingBy(FaultKind::code, Collectors.counting()));
    return missed.isEmpty()
        ? "Every fault came to what was meant.\n"
        : "Faults that did not come to what was meant: "
            + missed.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ", "", ".\n"));
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
    List<String> cells = new ArrayList<>(List.of(name, Integer.toString(times)));
    cells.addAll(new Times(back).cells());
    cells.addAll(new Times(flows).cells());
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
