package io.lgvq.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a class in a process of its own whose memory shows what it holds: a fixed, touched heap, so
 * that growth is native memory or threads, and an allocator that gives what is freed back to the
 * system rather than keep it in pieces.
 */
public final class MemoryCheck {

  private MemoryCheck() {}

  /** What the class prints, line by line; fails if it does not end well. */
  public static List<String> run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx192m",
                "-XX:+AlwaysPreTouch",
                "-Dlgvq.test.bundle=" + TestBundle.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
    builder.environment().put("MALLOC_TRIM_THRESHOLD_", "131072");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip().lines().toList();
  }

  /** Resident set size of this process in KiB, as Linux counts it. */
  public static long residentKiB() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
