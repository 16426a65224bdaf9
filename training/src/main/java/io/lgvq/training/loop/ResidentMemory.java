package io.lgvq.training.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Memory that this process has of the machine, native arrays included, where the system tells
 * (Linux, {@code /proc/self/status}).
 */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "VmRSS:";
  private static final double KILO_IN_MEGA = 1024;

  private ResidentMemory() {}

  /** In megabytes (2^20 bytes); empty where nobody tells. */
  static OptionalDouble megabytes() {
    return megabytes(STATUS);
  }

  static OptionalDouble megabytes(Path status) {
    if (!Files.isReadable(status)) {
      return OptionalDouble.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(LINE))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KILO_IN_MEGA)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
