package io.lgvq.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Means of the first and the last tenth of a training's curves. */
final class Curves {
  private final List<String> names;
  private final List<double[]> rows;

  Curves(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    names = List.of(lines.get(0).split(","));
    rows =
        lines.stream()
            .skip(1)
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toList();
  }

  double first(String name) {
    return mean(name, 0, rows.size() / 10);
  }

  double last(String name) {
    return mean(name, rows.size() - rows.size() / 10, rows.size());
  }

  double mean(String name, int from, int to) {
    int column = names.indexOf(name);
    return rows.subList(from, to).stream().mapToDouble(row -> row[column]).average().orElseThrow();
  }
}
