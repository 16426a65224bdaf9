package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {

  @TempDir Path folder;

  @Test
  void shouldReadMegabytesFromTheLineOfTheResidentSet() throws IOException {
    Path status =
        Files.writeString(
            folder.resolve("status"), "Name:\tjava\nVmHWM:\t 9999 kB\nVmRSS:\t   3584 kB\n");

    assertThat(ResidentMemory.megabytes(status)).hasValue(3.5);
  }

  @Test
  void shouldTellNothingWhereTheSystemDoesNot() throws IOException {
    assertThat(ResidentMemory.megabytes(folder.resolve("none"))).isEmpty();
    assertThat(ResidentMemory.megabytes(Files.writeString(folder.resolve("s"), "Name:\tx\n")))
        .isEmpty();
  }
}
