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
 * The curves of a run in a CSV file: a line for every few steps with the means over them. A kill
 * leaves it as it was or with a line that the next {@link #rewind} takes away.
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
    if (begun()) {
      List<String> lines = Files.readAllLines(file);
      List<String> header = List.of(lines.get(0).split(","));
      List<String> kept = new ArrayList<>(List.of(lines.get(0)));
      lines.stream().skip(1).filter(line -> before(step, line, header.size())).forEach(kept::add);
      WholeFile.write(file, kept);
      columns = header.subList(1, header.size());
    }
  }

  /** Whether there is a header: a kill may have left a file of nothing. */
  private boolean begun() throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  /** A line that a kill cut off belongs to a step after the checkpoint, whatever it begins with. */
  private static boolean before(long step, String line, int width) {
    String[] cells = line.split(",");
    return cells.length == width && Long.parseLong(cells[0]) <= step;
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

  /** NaN where what an earlier version reported is reported no more. */
  private String mean(String column) {
    return format(sums.getOrDefault(column, Double.NaN) / count);
  }

  private void flush(long step) {
    try {
      List<String> lines = new ArrayList<>();
      if (columns.isEmpty()) {
        columns = List.copyOf(sums.keySet());
      }
      if (!begun()) {
        lines.add(Stream.concat(Stream.of("step"), columns.stream()).collect(joining()));
      }
      lines.add(
          Stream.concat(Stream.of(Long.toString(step)), columns.stream().map(this::mean))
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
