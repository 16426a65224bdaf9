package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Sha256;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.run.TrainingRun.Stage;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.BagOfWords;
import io.lgvq.training.text.TextEncoder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any moment, a training ends where an uninterrupted one does. */
class KilledTrainingTest {

  private static final int KILLS = 3;

  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldEndWithTheSameTokenizerHoweverOftenItIsKilled() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(start(whole).waitFor()).isZero();

    Path killed = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(4);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(killed);
      awaitCheckpointNewerThan(killed, System.currentTimeMillis(), process);
      Thread.sleep(random.nextInt(400));
      assertThat(process.isAlive()).as("work remained when it was killed").isTrue();
      process.destroyForcibly().waitFor();
      assertThat(killed.resolve("tokenizer.safetensors")).doesNotExist();
    }
    assertThat(start(killed).waitFor()).isZero();
    assertThat(digest(killed)).isEqualTo(digest(whole));
  }

  private static void awaitCheckpointNewerThan(Path run, long since, Process process)
      throws Exception {
    File checkpoint = run.resolve("tokenizer.checkpoint.safetensors").toFile();
    while (checkpoint.lastModified() <= since && process.isAlive()) {
      Thread.sleep(20);
    }
  }

  private static String digest(Path run) throws IOException {
    return Sha256.of(Files.readAllBytes(run.resolve("tokenizer.safetensors")));
  }

  private static Process start(Path run) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Dai.djl.default_engine=PyTorch",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            run.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The training in a process of its own, with a checkpoint many times a second. */
  static final class Child implements Teachers {

    private Child() {}

    public static void main(String[] arguments) throws IOException {
      try (var in = Preset.class.getResourceAsStream("/presets/tiny.yaml")) {
        String tiny = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        new TrainingRun(
                Preset.read(tiny.replace("steps: 400", "steps: 160")),
                new SyntheticCorpus(32),
                new Child(),
                Path.of(arguments[0]),
                3,
                Duration.ofMillis(200))
            .run(
                Stage.TOKENIZER,
                new Making(
                    new Identity("tiny", "1.0.0", "Apache-2.0", "tiny"), "", "", "", 1, false));
      }
    }

    @Override
    public TextEncoder text() {
      return new BagOfWords(
          List.of("a", "square", "left", "of", "on", "red", "green", "blue", "white", "black")
              .toArray(String[]::new));
    }

    @Override
    public MobileNet eye() {
      throw new AssertionError("no adversary, no eye");
    }
  }
}
