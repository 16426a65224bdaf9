package io.lgvq.training.loop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Time that the steps of a folder's curves took. Of interrupted trainings it says what the clock
 * cannot: what is between two starts is not in it, nor what was learnt twice after a kill.
 */
final class StepTime {

  private StepTime() {}

  /** Of all learners; those of versions that did not write down the time count nothing. */
  static Duration in(Path folder) throws IOException {
    double milliseconds = 0;
    try (DirectoryStream<Path> curves = Files.newDirectoryStream(folder, "*.losses.csv")) {
      for (Path csv : curves) {
        milliseconds += milliseconds(Files.readAllLines(csv));
      }
    }
    return Duration.ofMillis(Math.round(milliseconds));
  }

  /** A line has the mean over the steps since the line before. */
  private static double milliseconds(List<String> lines) {
    int column =
        lines.isEmpty() ? -1 : List.of(lines.get(0).split(",")).indexOf(TrainingLoop.MILLISECONDS);
    double sum = 0;
    long before = 0;
    for (int line = 1; column > 0 && line < lines.size(); line++) {
      String[] cells = lines.get(line).split(",");
      long step = Long.parseLong(cells[0]);
      sum += (step - before) * Double.parseDouble(cells[column]);
      before = step;
    }
    return sum;
  }
}
