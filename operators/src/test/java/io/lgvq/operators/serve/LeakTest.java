package io.lgvq.operators.serve;

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

class LeakTest {

  /**
   * A process of its own with a fixed, touched heap, so that growth is native memory or threads.
   * The network's input alone is 48 KiB an image: kept by mistake, 2,000 images would add 94 MiB. A
   * leak of a few KiB an image takes the long run of {@link LeakCheck} to show.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNotGrowOverTwoThousandImages() throws Exception {
    List<Long> resident = residentKiB("2500", "500");

    assertThat(resident).hasSize(5);
    assertThat(resident.get(4) - resident.get(0))
        .as("growth in KiB after the first 500 images, of %s", resident)
        .isLessThan(40 * 1024);
  }

  private static List<Long> residentKiB(String images, String step)
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
                LeakCheck.class.getName(),
                images,
                step)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Stream.of(output.strip().split("\n"))
        .map(line -> Long.valueOf(line.split(" ")[1]))
        .toList();
  }
}
