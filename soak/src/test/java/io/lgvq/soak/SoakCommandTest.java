package io.lgvq.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fleet.Folders;
import io.lgvq.soak.report.Report;
import io.lgvq.soak.verify.Finding;
import io.lgvq.soak.verify.Findings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SoakCommandTest {

  @TempDir private Path folder;

  private final List<Path> runs = new ArrayList<>();
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldExitWithZeroWhereNothingWasFound() {
    assertThat(execute((settings, command, progress, soFar) -> report(0, Optional.empty())))
        .isZero();
    assertThat(page()).content().startsWith("# Soak: 0 faults").contains("nothing lost");
  }

  @Test
  void shouldExitWithOneWhereSomethingWasFound() {
    assertThat(execute((settings, command, progress, soFar) -> report(1, Optional.empty())))
        .isOne();
    assertThat(page()).content().contains("- lost: image-7");
  }

  @Test
  void shouldExitWithOneAndKeepTheReportWhereTheRunDidNotComeToItsEnd() {
    assertThat(
            execute((settings, command, progress, soFar) -> report(0, Optional.of("no brokers"))))
        .isOne();
    assertThat(page()).content().startsWith("# Soak: not finished: no brokers; so far");
  }

  @Test
  void shouldExitWithOneAndKeepTheReportSoFarWhereTheHarnessDies() {
    assertThat(
            execute(
                (settings, command, progress, soFar) -> {
                  soFar.accept(report(0, Optional.of("it still runs")));
                  throw new IllegalStateException("no memory");
                }))
        .isOne();
    assertThat(page()).content().startsWith("# Soak: not finished: it still runs; so far");
  }

  @Test
  void shouldExitWithTwoOnWrongUsage() {
    SoakCommand.Runner never =
        (settings, command, progress, soFar) -> {
          throw new AssertionError("it must not start");
        };

    assertThat(execute(never, "--faults", "-1")).isEqualTo(2);
    assertThat(execute(never, "--rate", "0")).isEqualTo(2);
    assertThat(execute(never, "--kinds", "flood")).isEqualTo(2);
    assertThat(execute(never, "--report", folder.resolve("gone/report.md").toString()))
        .isEqualTo(2);
    assertThat(errors.toString()).contains("no fault is called 'flood'; there are kill-mid-batch");
  }

  @AfterEach
  void deleteWhatRunsLeave() {
    runs.forEach(Folders::delete);
  }

  private Path page() {
    return folder.resolve("report.md");
  }

  private int execute(SoakCommand.Runner runner) {
    return execute(runner, "--report", page().toString());
  }

  private int execute(SoakCommand.Runner runner, String... arguments) {
    SoakCommand.Runner noting =
        (settings, command, progress, soFar) -> {
          runs.add(settings.folder());
          return runner.run(settings, command, progress, soFar);
        };
    return new CommandLine(new SoakCommand(noting))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  private static Report report(int found, Optional<String> unfinished) {
    var findings = new Findings();
    for (int number = 0; number < found; number++) {
      findings.add(new Finding("lost", "image-7", "lgvq.tokens", ""));
    }
    return new Report(
        new Report.Run("./lgvq soak", "1.2.3 (abc1234)", "pure", Instant.EPOCH, Instant.EPOCH),
        new Sent(0, 0),
        List.of(),
        List.of(),
        findings,
        new Report.Counts(0, 0, Map.of()),
        unfinished);
  }
}
