package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTimeTest {

  @TempDir Path folder;

  @Test
  void shouldAddTheStepsOfAllCurves() throws IOException {
    LossLog log = new LossLog(folder.resolve("one.losses.csv"), 2);
    for (long step = 0; step < 4; step++) {
      log.add(step, Map.of(TrainingLoop.MILLISECONDS, 100f * (step + 1)));
    }
    Files.writeString(
        folder.resolve("other.losses.csv"), "step,loss,milliseconds\n10,7,20\n30,6,10\n");
    Files.writeString(folder.resolve("older.losses.csv"), "step,loss\n10,7\n");
    Files.createFile(folder.resolve("begun.losses.csv"));

    assertThat(StepTime.in(folder)).isEqualTo(Duration.ofMillis(1000 + 200 + 200));
  }
}
