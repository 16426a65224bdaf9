package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.release.UntrainedBundle;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.run.TrainingRun.Stage;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.BagOfWords;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.weights.SafeTensors;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Killed at any moment, a training ends where an uninterrupted one does. */
class KilledTrainingTest {

  @TempDir Path folder;

  // cvq is vq-gan but for its codebook, whose restoring has a test of its own.
  @ParameterizedTest
  @CsvSource({"vq-vae, 3", "vq-gan, 1"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldEndWithTheSameTokenizerHoweverOftenItIsKilled(String backbone, int kills)
      throws Exception {
    shouldEndAlike(backbone, "tokenizer", kills);
    assertThat(Files.readAllBytes(folder.resolve("killed/tokenizer.safetensors")))
        .isEqualTo(Files.readAllBytes(folder.resolve("whole/tokenizer.safetensors")));
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldEndWithTheSameHeadIfItIsKilled() throws Exception {
    UntrainedBundle.write(folder.resolve("bundle"), UntrainedBundle.tiny(), 16);
    shouldEndAlike(folder.resolve("bundle").toString(), "complete", 1);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldKeepTheStepAtHandWhenItIsToldToStop() throws Exception {
    Path run = folder.resolve("stopped");
    Path log = folder.resolve("stopped.log");
    Process process = start(run, "vq-vae", Duration.ofHours(1), Redirect.to(log.toFile()));
    while (!(Files.exists(log) && Files.readString(log).contains("images/s"))) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }
    Thread.sleep(1000);
    process.destroy();

    assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(128 + 15);
    assertThat(log).content().doesNotContain("fatal error");
    assertThat(step(checkpoint(run, "tokenizer"))).isPositive();
  }

  private void shouldEndAlike(String trained, String learner, int kills) throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(start(whole, trained).waitFor()).isZero();

    Path killed = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(4);
    for (int kill = 0; kill < kills; kill++) {
      Process process = start(killed, trained);
      awaitCheckpointNewerThan(checkpoint(killed, learner), System.currentTimeMillis(), process);
      Thread.sleep(random.nextInt(400));
      assertThat(process.isAlive()).as("work remained when it was killed").isTrue();
      process.destroyForcibly().waitFor();
      assertThat(step(checkpoint(killed, learner))).isLessThan(step(checkpoint(whole, learner)));
    }
    assertThat(start(killed, trained).waitFor()).isZero();
    assertThat(Files.readAllBytes(checkpoint(killed, learner)))
        .isEqualTo(Files.readAllBytes(checkpoint(whole, learner)));
  }

  private static Path checkpoint(Path run, String learner) {
    return run.resolve(learner + ".checkpoint.safetensors");
  }

  private static long step(Path checkpoint) throws IOException {
    return Long.parseLong(SafeTensors.read(checkpoint).notes().get("step"));
  }

  private static void awaitCheckpointNewerThan(Path checkpoint, long since, Process process)
      throws Exception {
    while (checkpoint.toFile().lastModified() <= since && process.isAlive()) {
      Thread.sleep(20);
    }
  }

  private static Process start(Path run, String trained) throws IOException {
    return start(run, trained, Duration.ofMillis(200), Redirect.DISCARD);
  }

  private static Process start(Path run, String trained, Duration checkpointEvery, Redirect output)
      throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Dai.djl.default_engine=PyTorch",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            run.toString(),
            trained,
            checkpointEvery.toString())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }

  /**
   * The training in a process of its own, with a checkpoint as often as is said: a tokenizer of the
   * backbone that is named, or a head on the bundle whose folder is named.
   */
  static final class Child implements Teachers {

    private Child() {}

    public static void main(String[] arguments) throws IOException {
      boolean head = arguments[1].contains(File.separator);
      boolean adversary = !head && Backbone.named(arguments[1]).adversarial();
      Preset preset = preset(adversary ? 60 : 160);
      TrainingRun run =
          new TrainingRun(
              head ? preset : preset.with(Backbone.named(arguments[1])),
              head ? Optional.of(preset.plan(Set.of(Head.COMPLETE))) : Optional.empty(),
              new SyntheticCorpus(32),
              new Child(),
              Path.of(arguments[0]),
              3,
              Duration.parse(arguments[2]));
      Making making =
          new Making(new Identity("tiny", "1.0.0", "Apache-2.0", "tiny"), "", "", "", 1, false);
      if (head) {
        run.runOn(Bundle.open(Path.of(arguments[1])), false, making);
      } else {
        run.run(Stage.TOKENIZER, making);
      }
    }

    private static Preset preset(int steps) throws IOException {
      try (var in = Preset.class.getResourceAsStream("/presets/tiny.yaml")) {
        return Preset.read(
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .replace("steps: 400", "steps: " + steps)
                .replace("  steps: 120", "  steps: 400")
                .replace("images: 2000", "images: 128")
                .replace("start: 100", "start: 2")
                .replace("rows: 32", "rows: 4"));
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
      return ShippedEye.open();
    }
  }
}
