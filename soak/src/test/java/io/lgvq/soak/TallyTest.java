package io.lgvq.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.soak.course.Sent;
import io.lgvq.soak.fault.Fault;
import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.model.Model;
import io.lgvq.soak.report.Recovery;
import io.lgvq.soak.report.Report;
import io.lgvq.soak.verify.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final Optional<Duration> SECOND = Optional.of(Duration.ofSeconds(1));

  private final Tally tally =
      new Tally(
          new SoakSettings(
              1,
              3,
              List.of(FaultKind.CLEAN_STOP),
              20,
              Model.PURE,
              Path.of("samples"),
              Path.of("run"),
              Duration.ofSeconds(20),
              Duration.ofSeconds(10)),
          "./lgvq soak",
          new Findings());

  @Test
  void shouldCountTheLastFaultsInARowAfterWhichNothingFlowed() {
    assertThat(tally.unmendedInARow()).isZero();
    recovered(Optional.empty());
    recovered(SECOND);
    assertThat(tally.unmendedInARow()).isZero();
    recovered(Optional.empty());
    recovered(Optional.empty());
    assertThat(tally.unmendedInARow()).isEqualTo(2);
  }

  @Test
  void shouldReportWhatThereIsSoFarAndNotWhatComesAfter() {
    recovered(SECOND);
    Report soFar =
        tally.report(
            new Sent(24, 12), new Report.Counts(0, 0, Map.of()), Optional.of("it still runs"));
    recovered(SECOND);

    assertThat(soFar.recoveries()).hasSize(1);
    assertThat(soFar.isGood()).isFalse();
    assertThat(soFar.run().model()).isEqualTo("pure");
  }

  private void recovered(Optional<Duration> flows) {
    tally.recovered(
        new Recovery(
            new Fault(1, FaultKind.CLEAN_STOP, 0, 0, "answer", 0, 0, false),
            10,
            false,
            SECOND,
            flows));
  }
}
