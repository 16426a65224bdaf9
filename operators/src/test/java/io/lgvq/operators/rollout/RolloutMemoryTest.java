package io.lgvq.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.TestBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RolloutMemoryTest {

  /**
   * In a process of its own with a fixed, touched heap, so that growth is native memory. The
   * weights of a bundle are 14 MB, and the engine takes more: kept by mistake, eight bundles would
   * add more than 100 MiB.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldGiveTheMemoryOfRetiredBundlesBack() throws Exception {
    List<String[]> lines = afterEachRollout(12);

    assertThat(lines).hasSize(12).allMatch(line -> line[0].equals("1"), "one bundle in memory");
    List<Long> resident = lines.stream().map(line -> Long.valueOf(line[1])).toList();
    assertThat(resident.get(11) - resident.get(3))
        .as("growth in KiB over eight rollouts, of %s", resident)
        .isLessThan(60 * 1024);
  }

  private static List<String[]> afterEachRollout(int rollouts)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx192m",
                "-XX:+AlwaysPreTouch",
                "-Dlgvq.test.bundle=" + TestBundle.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                RolloutMemoryCheck.class.getName(),
                Integer.toString(rollouts))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Stream.of(output.strip().split("\n")).map(line -> line.split(" ")).toList();
  }
}
