package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.language.LanguageResult;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.run.TrainingRun.Stage;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.OnnxTextEncoder;
import io.lgvq.training.text.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from pictures to a measured bundle with every loss, guided by the real encoder. */
class TinyTrainingTest {

  private static final String SPLIT = "test";
  private static final int TESTED = 256;

  @TempDir Path folder;

  @Test
  void shouldLearnByEveryLossAndMatchImagesWithCaptionsBetterWhereGuided() throws Exception {
    Preset preset = preset();
    Report guided = train(preset, folder.resolve("guided"));
    Report plain = train(preset.plain(), folder.resolve("plain"));

    Curves tokenizer = new Curves(folder.resolve("guided/tokenizer.losses.csv"));
    for (String loss : List.of("commitment", "alignment", "words", "relations")) {
      assertThat(tokenizer.last(loss)).as(loss).isLessThan(0.95 * tokenizer.first(loss));
    }
    assertThat(tokenizer.last("psnr")).isGreaterThan(tokenizer.first("psnr") + 3);
    Curves heads = new Curves(folder.resolve("guided/heads.losses.csv"));
    for (String loss : List.of("words", "caption", "answer")) {
      assertThat(heads.last(loss)).as("heads " + loss).isLessThan(0.8 * heads.first(loss));
    }
    Curves probe = new Curves(folder.resolve("guided/probe.losses.csv"));
    for (String loss : List.of("alignment", "words", "relations")) {
      assertThat(probe.last(loss)).as("probe " + loss).isLessThan(0.9 * probe.first(loss));
    }

    Curves paint = new Curves(folder.resolve("guided/paint.losses.csv"));
    assertThat(paint.last("code")).isLessThan(0.9 * paint.first("code"));
    assertThat(paint.last("palette")).isLessThan(0.95 * paint.first("palette"));
    Curves complete = new Curves(folder.resolve("guided/complete.losses.csv"));
    assertThat(complete.last("hidden")).isLessThan(0.9 * complete.first("hidden"));

    LanguageResult with = language(guided);
    LanguageResult without = language(plain);
    assertThat(found(with)).isGreaterThan(found(without));
    assertThat(with.likeness().value()).isLessThan(without.likeness().value());
    assertThat(with.hiddenWord().value())
        .isGreaterThan(with.hiddenWordBlind().orElseThrow().value());
    assertThat(Bundle.verify(folder.resolve("guided/bundle"))).isEmpty();
  }

  /** Shares found among the first five and ten, both ways, added up. */
  private static double found(LanguageResult result) {
    return Stream.of(result.textToImage(), result.imageToText())
        .mapToDouble(recall -> recall.five().value() + recall.ten().value())
        .sum();
  }

  private static LanguageResult language(Report report) {
    return report.slices().get(SPLIT).language().orElseThrow();
  }

  private Report train(Preset preset, Path to) throws IOException {
    return new TrainingRun(
            preset, new SyntheticCorpus(32, TESTED), new Real(), to, 3, Duration.ofMinutes(5))
        .run(
            Stage.ALL,
            new Making(
                new Identity("tiny", "1.0.0", "Apache-2.0", "tiny"),
                "train",
                "a test",
                "",
                TESTED,
                true))
        .orElseThrow();
  }

  /** The preset as it ships, shortened for a test. */
  private static Preset preset() throws IOException {
    try (var in = Preset.class.getResourceAsStream("/presets/tiny.yaml")) {
      return Preset.read(
          new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .replace("steps: 400", "steps: 150")
              .replace("images: 2000", "images: 512")
              .replace("detectorSteps: 60", "detectorSteps: 0")
              .replace("paletteSteps: 20", "paletteSteps: 0")
              .replace("  steps: 300", "  steps: 100")
              .replace("  steps: 200", "  steps: 40"));
    }
  }

  private static final class Real implements Teachers {
    @Override
    public TextEncoder text() {
      return OnnxTextEncoder.shipped();
    }

    @Override
    public MobileNet eye() {
      return ShippedEye.open();
    }
  }
}
