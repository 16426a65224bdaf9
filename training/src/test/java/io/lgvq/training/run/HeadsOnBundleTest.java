package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.release.UntrainedBundle;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.TextEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads trained alone, on a tokenizer that somebody released. */
class HeadsOnBundleTest {

  @TempDir Path folder;

  @Test
  void shouldKeepTheTokenizerByteByByteAndReadItsCodes() throws Exception {
    Path given = folder.resolve("given");
    UntrainedBundle.write(given, UntrainedBundle.tiny(), 16);
    Bundle tokenizer = Bundle.open(given);

    var report =
        new TrainingRun(
                preset(),
                new SyntheticCorpus(32),
                new NoReader(),
                folder.resolve("run"),
                3,
                Duration.ofMinutes(5))
            .runOn(
                tokenizer,
                false,
                new Making(
                    new Identity("more", "2.0.0", "Apache-2.0", "tiny"),
                    "train --toy",
                    "a test",
                    "The tokenizer was drawn at random.",
                    32,
                    true));

    Bundle made = Bundle.open(folder.resolve("run/bundle"));
    BundleManifest before = tokenizer.manifest();
    BundleManifest after = made.manifest();
    assertThat(after.codebook()).isEqualTo(before.codebook());
    for (Graph graph : new Graph[] {Graph.ENCODER, Graph.DECODER}) {
      assertThat(made.graph(graph)).isEqualTo(tokenizer.graph(graph));
    }
    assertThat(made.graph(Graph.ANSWER)).isNotEqualTo(tokenizer.graph(Graph.ANSWER));
    assertThat(made.answers()).contains("red", "blue");
    assertThat(report.slices().get("test").answers()).isPresent();
    assertThat(after.metrics()).containsEntry("tokenizer", "The tokenizer was drawn at random.");
    assertThat(Files.readString(folder.resolve("run/bundle/MODEL_CARD.md")))
        .contains("The tokenizer was drawn at random.");

    var later = complete(made, folder.resolve("later"), 32);
    assertThat(report.slices().get("test").answers().orElseThrow().questionOnly()).isPresent();
    assertThat(later.slices().get("test").answers().orElseThrow().questionOnly())
        .as("the head without sight is gone, its figures stay")
        .isPresent();
  }

  @Test
  void shouldKeepHeadsThatAreNotTrainedAnewIfAsked() throws Exception {
    Path given = folder.resolve("given");
    UntrainedBundle.write(given, UntrainedBundle.tiny(), 16);
    Bundle before = Bundle.open(given);

    complete(before, folder.resolve("run"), 8);

    Bundle after = Bundle.open(folder.resolve("run/bundle"));
    for (Graph graph : before.manifest().models().keySet()) {
      if (graph == Graph.COMPLETE) {
        assertThat(after.graph(graph)).isNotEqualTo(before.graph(graph));
      } else {
        assertThat(after.graph(graph)).isEqualTo(before.graph(graph));
      }
    }
    assertThat(after.answers()).isEqualTo(before.answers());
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.manifest().answerThreshold()).isEqualTo(before.manifest().answerThreshold());
    assertThat(after.manifest().metrics()).containsKey("complete");
  }

  /** Trains the head {@code complete} and keeps the others. */
  private static Report complete(Bundle on, Path run, int limit) throws Exception {
    Preset preset = preset();
    return new TrainingRun(
            preset,
            Optional.of(preset.plan(Set.of(Head.COMPLETE))),
            new SyntheticCorpus(32),
            new NoReader(),
            run,
            3,
            Duration.ofMinutes(5))
        .runOn(
            on,
            true,
            new Making(
                new Identity("more", "2.0.0", "Apache-2.0", "tiny"),
                "train",
                "a test",
                "-",
                limit,
                false));
  }

  private static final class NoReader implements Teachers {
    @Override
    public TextEncoder text() {
      throw new AssertionError("heads need no text encoder");
    }

    @Override
    public MobileNet eye() {
      return ShippedEye.open();
    }
  }

  private static Preset preset() throws Exception {
    try (var in = Preset.class.getResourceAsStream("/presets/tiny.yaml")) {
      String tiny = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Preset.read(
          tiny.substring(0, tiny.indexOf("probe:"))
              .replace("images: 2000", "images: 128")
              .replace("  steps: 300", "  steps: 70"));
    }
  }
}
