package io.lgvq.training.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The curves of a run in a CSV file: a line for every few steps with the means over them.
 *
 * <p>Threading: one thread.
 */
final class LossLog {

  private final Path file;
  private final int every;
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private List<String> columns = List.of();
  private int count;
  private String recent = "";

  LossLog(Path file, int every) {
    this.file = file;
    this.every = every;
  }

  /**
   * Forgets lines at or after a step, which an interrupted run had written after its checkpoint.
   * What is written from here on has the columns of the file, so that a run of an earlier version
   * goes on with those that it had.
   */
  void rewind(long step) throws IOException {
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      List<String> kept = new ArrayList<>(lines.subList(0, Math.min(1, lines.size())));
      lines.stream()
          .skip(1)
          .filter(line -> Long.parseLong(line.substring(0, line.indexOf(','))) <= step)
          .forEach(kept::add);
      Files.write(file, kept);
      if (!kept.isEmpty()) {
        columns = List.of(kept.get(0).split(",")).subList(1, kept.get(0).split(",").length);
      }
    }
  }

  void add(long step, Map<String, Float> losses) {
    losses.forEach(
        (name, value) -> {
          if (columns.isEmpty() || columns.contains(name)) {
            sums.merge(name, (double) value, Double::sum);
          }
        });
    count++;
    if ((step + 1) % every == 0) {
      flush(step + 1);
    }
  }

  /** The first means of the last line, as text. */
  String recent() {
    return recent.isEmpty() ? "" : " " + recent;
  }

  private String first() {
    return sums.entrySet().stream()
        .limit(3)
        .map(sum -> sum.getKey() + " " + format(sum.getValue() / count))
        .collect(Collectors.joining(", "));
  }

  private void flush(long step) {
    try {
      List<String> lines = new ArrayList<>();
      if (!Files.exists(file)) {
        lines.add(Stream.concat(Stream.of("step"), sums.keySet().stream()).collect(joining()));
      }
      lines.add(
          Stream.concat(
                  Stream.of(Long.toString(step)),
                  sums.values().stream().map(sum -> format(sum / count)))
              .collect(joining()));
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    recent = first();
    sums.clear();
    count = 0;
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(",");
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
