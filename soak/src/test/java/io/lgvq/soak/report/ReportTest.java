package io.lgvq.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fault.Fault;
import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.verify.Finding;
import io.lgvq.soak.verify.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private final List<Recovery> recoveries = new ArrayList<>();
  private final Findings findings = new Findings();

  @Test
  void shouldGiveMedianNineteenOfTwentyAndWorstByKind() {
    for (int second = 20; second >= 1; second--) {
      recovered(FaultKind.KILL_MID_BATCH, second, 2 * second);
    }
    recovered(FaultKind.CLEAN_STOP, 4, 5);
    recovered(FaultKind.CLEAN_STOP, 1, 2);

    assertThat(page())
        .contains("| kill-mid-batch | 20 | 10.5 s | 19.0 s | 20.0 s | 21.0 s | 38.0 s | 40.0 s |")
        .contains("| clean-stop | 2 | 2.5 s | 4.0 s | 4.0 s | 3.5 s | 5.0 s | 5.0 s |")
        .contains("| none | 1 |  |  |  | 0.9 s | 0.9 s | 0.9 s |")
        .doesNotContain("broker-killed");
  }

  @Test
  void shouldSayHowManyKillsTookLongerThanFiveSecondsAndTheWorst() {
    recovered(FaultKind.KILL_MID_BATCH, 5, 6);
    recovered(FaultKind.KILL_MID_COMMIT, 6, 7);
    recovered(FaultKind.KILL_MID_RESTORE, 9, 9);
    recovered(FaultKind.CLEAN_STOP, 30, 30);

    assertThat(page())
        .contains(
            "Of 3 kills of an instance (kill -9), 2 took longer than 5 s until it was back; the"
                + " worst took 9.0 s.");
  }

  @Test
  void shouldCountKillsThatNeverCameBackAsLonger() {
    recovered(FaultKind.KILL_MID_SWAP, 2, 3);
    recoveries.add(
        new Recovery(fault(FaultKind.KILL_MID_SWAP), 9, false, Optional.empty(), Optional.empty()));

    assertThat(page())
        .contains(
            "Of 2 kills of an instance (kill -9), 1 took longer than 5 s until it was back; the"
                + " worst took 2.0 s, and 1 did not come back.");
  }

  @Test
  void shouldSayNothingOfKillsWhereNoneWas() {
    recovered(FaultKind.CLEAN_STOP, 1, 1);

    assertThat(page()).doesNotContain("kills of an instance");
  }

  @Test
  void shouldSayHowMuchWorkWasDueAndWhichFaultsDidNotComeToWhatWasMeant() {
    recovered(FaultKind.CUT_OFF, 1, 1);
    recoveries.add(missed(FaultKind.STATE_FULL, 7));
    recoveries.add(missed(FaultKind.STATE_FULL, 40));

    assertThat(page())
        .contains("at the moment of the fault: 30 at the median, 7 at least.")
        .contains("Faults that did not come to what was meant: 2 state-full.");
    assertThat(report(Optional.empty()).missed())
        .containsExactly(FaultKind.STATE_FULL, FaultKind.STATE_FULL);
  }

  @Test
  void shouldBeGoodWhereNothingWasFoundAndTheRunCameToItsEnd() {
    recovered(FaultKind.CUT_OFF, 1, 1);

    assertThat(report(Optional.empty()).isGood()).isTrue();
    assertThat(page())
        .startsWith(
            "# Soak: 1 faults, 48 images and 24 questions: nothing lost, nothing doubled, nothing"
                + " foreign, all in order.\n");
  }

  @Test
  void shouldSayWhatItIsAReportOf() {
    assertThat(page())
        .contains(
            "    ./lgvq soak\n", "\nCode: 1.2.3 (abc1234). Engines: pure.\n", "took 1 min 0 s");
  }

  @Test
  void shouldListWhatWasFoundAndCountTheRest() {
    for (int number = 0; number < 103; number++) {
      findings.add(new Finding("lost", "image-" + number, "lgvq.tokens", ""));
    }

    assertThat(report(Optional.empty()).isGood()).isFalse();
    assertThat(page())
        .startsWith("# Soak: 0 faults, 48 images and 24 questions: 103 findings.\n")
        .contains("\n- lost: image-99 at lgvq.tokens")
        .endsWith("\n- and 3 more\n");
  }

  @Test
  void shouldSayOfRunThatDidNotEndWhyAndWhatWasSeenSoFar() {
    recovered(FaultKind.CUT_OFF, 1, 1);
    Report report = report(Optional.of("the disk is gone"));

    assertThat(report.isGood()).isFalse();
    assertThat(report.markdown())
        .startsWith(
            "# Soak: not finished: the disk is gone; so far 1 faults, 48 images and 24 questions,"
                + " nothing found.\n")
        .contains("| cut-off | 1 |");
  }

  private void recovered(FaultKind kind, int back, int flows) {
    recoveries.add(
        new Recovery(
            fault(kind),
            30,
            false,
            Optional.of(Duration.ofSeconds(back)),
            Optional.of(Duration.ofSeconds(flows))));
  }

  private static Recovery missed(FaultKind kind, int due) {
    return new Recovery(
        fault(kind), due, true, Optional.empty(), Optional.of(Duration.ofSeconds(1)));
  }

  private static Fault fault(FaultKind kind) {
    return new Fault(1, kind, 0, 0, "tokenize", 0, 0, false);
  }

  private String page() {
    return report(Optional.empty()).markdown();
  }

  private Report report(Optional<String> unfinished) {
    return new Report(
        new Report.Run(
            "./lgvq soak", "1.2.3 (abc1234)", "pure", Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
        new Sent(48, 24),
        recoveries,
        List.of(Duration.ofMillis(900)),
        findings,
        new Report.Counts(2, 1, Map.of("a1b2", 48)),
        unfinished);
  }
}
