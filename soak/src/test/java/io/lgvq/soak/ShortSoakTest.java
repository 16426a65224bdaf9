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

/** The soak in short: one fault of each kind, on the bundled model. */
class ShortSoakTest {

  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));

  // Any will do: as many faults as there are kinds have each of them.
  private static final long SEED = 762;

  // Kept after a failure, for what the processes said.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void shouldLoseNothingAndDoubleNothingOverOneFaultOfEachKind() throws Exception {
    var settings =
        new SoakSettings(
            SEED,
            FaultKind.values().length,
            List.of(FaultKind.values()),
            5,
            ROOT.resolve("bundles/lgvq-small").toString(),
            ROOT.resolve("samples"),
            folder,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));

    Report report = Soak.run(settings, "ShortSoakTest", System.out::println, soFar -> {});

    System.out.println(report.markdown());
    assertThat(report.unfinished()).isEmpty();
    assertThat(report.findings().kept().stream().map(Finding::toString)).isEmpty();
    assertThat(report.recoveries())
        .extracting(recovery -> recovery.fault().kind())
        .containsExactlyInAnyOrder(FaultKind.values());
    assertThat(report.missed()).isEmpty();
    assertThat(report.sent().images()).isPositive();
    assertThat(report.counts().codebooks()).hasSize(2);
  }
}
