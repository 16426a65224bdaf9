package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossLogTest {

  @TempDir Path folder;

  @Test
  void shouldWriteMeansOverTheStepsOfALine() throws IOException {
    Path file = folder.resolve("a.csv");
    LossLog log = new LossLog(file, 2);
    for (int step = 0; step < 4; step++) {
      log.add(step, losses(step, 10 * step));
    }

    assertThat(Files.readAllLines(file))
        .containsExactly("step,loss,resident MB", "2,0.500000,5.00000", "4,2.50000,25.0000");
  }

  @Test
  void shouldGoOnWithTheColumnsOfARunThatHadFewer() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "step,loss\n1,7\n2,6\n");
    LossLog log = new LossLog(file, 1);
    log.rewind(1);
    log.add(1, losses(5, 100));

    assertThat(Files.readAllLines(file)).containsExactly("step,loss", "1,7", "2,5.00000");
  }

  private static Map<String, Float> losses(float loss, float resident) {
    Map<String, Float> losses = new LinkedHashMap<>();
    losses.put("loss", loss);
    losses.put("resident MB", resident);
    return losses;
  }
}
