package io.lgvq.topology.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Makes the snapshot of this release. No test of the build, for its name does not say so: whoever
 * releases runs it, see {@code CONTRIBUTING.md}.
 */
class ReleaseSnapshotRun {

  @Test
  void shouldMakeSnapshotOfThisRelease() throws Exception {
    Path file = Path.of(System.getProperty("lgvq.snapshot"));

    ReleaseSnapshot.make(file);

    assertThat(file).isNotEmptyFile();
  }
}
