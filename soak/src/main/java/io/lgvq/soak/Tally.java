package io.lgvq.soak;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.report.Recovery;
import io.lgvq.soak.report.Report;
import io.lgvq.soak.verify.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run has come to so far, for its report. Threading: for one thread. */
final class Tally {

  private final SoakSettings settings;
  private final String command;
  private final Findings findings;
  private final Instant began = Instant.now();
  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<Duration> calm = new ArrayList<>();

  Tally(SoakSettings settings, String command, Findings findings) {
    this.settings = settings;
    this.command = command;
    this.findings = findings;
  }

  /** How long it has run. */
  Duration age() {
    return Duration.between(began, Instant.now());
  }

  /** Output took so long without any fault. */
  void calm(Duration took) {
    calm.add(took);
  }

  /** What became of a fault. */
  void recovered(Recovery recovery) {
    recoveries.add(recovery);
  }

  /** After how many faults in a row, the last ones, output did not flow again. */
  int unmendedInARow() {
    int count = 0;
    while (count < recoveries.size()
        && recoveries.get(recoveries.size() - 1 - count).flows().isEmpty()) {
      count++;
    }
    return count;
  }

  Report report(Sent sent, Report.Counts counts, Optional<String> unfinished) {
    String model = Path.of(settings.model()).getFileName().toString();
    return new Report(
        new Report.Run(command, code(), model, began, Instant.now()),
        sent,
        List.copyOf(recoveries),
        List.copyOf(calm),
        findings,
        counts,
        unfinished);
  }

  /** What the jar of these classes says; classes outside of one do not know. */
  private static String code() {
    String built = Tally.class.getPackage().getImplementationVersion();
    return built == null ? "not packaged" : built;
  }
}
