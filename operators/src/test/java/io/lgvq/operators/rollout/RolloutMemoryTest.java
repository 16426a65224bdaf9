package io.lgvq.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.MemoryCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RolloutMemoryTest {

  /**
   * The weights of a bundle are 14 MB, and the engine takes more: kept by mistake, eight bundles
   * would add more than 100 MiB. Freed, they leave the process where it was to a few MiB.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldGiveTheMemoryOfRetiredBundlesBack() throws Exception {
    List<String[]> lines =
        MemoryCheck.run(RolloutMemoryCheck.class, "12").stream()
            .map(line -> line.split(" "))
            .toList();

    assertThat(lines).hasSize(12).allMatch(line -> line[0].equals("1"), "one bundle in memory");
    List<Long> resident = lines.stream().map(line -> Long.valueOf(line[1])).toList();
    assertThat(resident.get(11) - resident.get(3))
        .as("growth in KiB over eight rollouts, of %s", resident)
        .isLessThan(16 * 1024);
  }
}
