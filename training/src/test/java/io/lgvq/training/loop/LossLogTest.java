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

  @Test
  void shouldPutEveryFigureInItsColumnWhateverTheOrderInWhichItComes() throws IOException {
    Path file = folder.resolve("a.csv");
    LossLog log = new LossLog(file, 1);
    log.add(0, losses(1, 10));
    log.rewind(1);
    Map<String, Float> reversed = new LinkedHashMap<>();
    reversed.put("resident MB", 20f);
    reversed.put("loss", 2f);
    log.add(1, reversed);

    assertThat(Files.readAllLines(file))
        .containsExactly("step,loss,resident MB", "1,1.00000,10.0000", "2,2.00000,20.0000");
  }

  @Test
  void shouldLeaveAColumnEmptyOfWhichNothingIsReportedAnyMore() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "step,former,loss\n1,7,6\n");
    LossLog log = new LossLog(file, 1);
    log.rewind(1);
    log.add(1, losses(5, 100));

    assertThat(Files.readAllLines(file)).last().isEqualTo("2,NaN,5.00000");
  }

  @Test
  void shouldWriteTheHeaderIntoAFileThatAKillLeftEmpty() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.createFile(file);
    LossLog log = new LossLog(file, 1);
    log.rewind(1);
    log.add(1, losses(5, 100));

    assertThat(Files.readAllLines(file))
        .containsExactly("step,loss,resident MB", "2,5.00000,100.000");
  }

  @Test
  void shouldForgetALineThatAKillCutOff() throws IOException {
    for (String rest : new String[] {"1", "12", "120,0.5"}) {
      Path file = folder.resolve("a.csv");
      Files.writeString(file, "step,loss,resident MB\n100,7,9\n" + rest);
      LossLog log = new LossLog(file, 20);
      log.rewind(100);
      for (int step = 100; step < 120; step++) {
        log.add(step, losses(5, 8));
      }

      assertThat(Files.readAllLines(file))
          .containsExactly("step,loss,resident MB", "100,7,9", "120,5.00000,8.00000");
    }
  }

  private static Map<String, Float> losses(float loss, float resident) {
    Map<String, Float> losses = new LinkedHashMap<>();
    losses.put("loss", loss);
    losses.put("resident MB", resident);
    return losses;
  }
}
