package io.lgvq.operators.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.MemoryCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LeakTest {

  /**
   * The network's input alone is 48 KiB an image: kept by mistake, 2,000 images would add 94 MiB. A
   * leak of a few KiB an image takes the long run of {@link LeakCheck} to show.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNotGrowOverTwoThousandImages() throws Exception {
    List<Long> resident =
        MemoryCheck.run(LeakCheck.class, "2500", "500").stream()
            .map(line -> Long.valueOf(line.split(" ")[1]))
            .toList();

    assertThat(resident).hasSize(5);
    assertThat(resident.get(4) - resident.get(0))
        .as("growth in KiB after the first 500 images, of %s", resident)
        .isLessThan(16 * 1024);
  }
}
