package io.lgvq.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.report.Report;
import io.lgvq.soak.verify.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The soak in short: ten faults on the bundled model, one of each quick kind. */
class ShortSoakTest {

  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));

  /** The seed that draws each of the kinds below once, the clock set back among them. */
  private static final long ONE_OF_EACH = 762;

  // Kept after a failure, for what the processes said.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void shouldLoseNothingAndDoubleNothingOverTenFaults() throws Exception {
    var settings =
        new SoakSettings(
            ONE_OF_EACH,
            10,
            List.of(
                FaultKind.KILL_MID_BATCH,
                FaultKind.KILL_MID_COMMIT,
                FaultKind.KILL_MID_RESTORE,
                FaultKind.KILL_MID_SWAP,
                FaultKind.BUNDLE_SWAPPED,
                FaultKind.INSTANCE_ADDED,
                FaultKind.INSTANCE_REMOVED,
                FaultKind.BROKER_KILLED,
                FaultKind.ENGINE_FAILS_ALWAYS,
                FaultKind.CLOCK_JUMPS),
            5,
            ROOT.resolve("bundles/lgvq-small").toString(),
            ROOT.resolve("samples"),
            folder,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));

    Report report = Soak.run(settings, "ShortSoakTest", System.out::println);

    assertThat(report.findings().kept().stream().map(Finding::toString)).isEmpty();
    assertThat(report.recoveries()).hasSize(10);
    assertThat(report.sent().images()).isPositive();
    assertThat(report.counts().codebooks()).hasSize(2);
  }
}
