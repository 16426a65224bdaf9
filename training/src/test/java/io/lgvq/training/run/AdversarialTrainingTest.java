package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.run.TrainingRun.Stage;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.TextEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The losses that a VQ-GAN adds, and the codebook's, over a short training with a real eye. */
class AdversarialTrainingTest {

  private static final int STEPS = 60;
  private static final int START = 20;

  @TempDir Path folder;

  @Test
  void shouldLearnByEveryLossOfAVqGanWhoseCodebookDescends() throws Exception {
    new TrainingRun(
            preset().plain().with(Backbone.CVQ),
            new SyntheticCorpus(32),
            new EyeAlone(),
            folder,
            3,
            Duration.ofMinutes(5))
        .run(
            Stage.TOKENIZER,
            new Making(new Identity("tiny", "1.0.0", "Apache-2.0", "tiny"), "", "", "", 1, false));

    Curves curves = new Curves(folder.resolve("tokenizer.losses.csv"));
    assertThat(curves.last("psnr")).isGreaterThan(curves.first("psnr") + 1);
    assertThat(curves.last("perceptual")).isLessThan(0.9 * curves.first("perceptual"));
    for (String loss : new String[] {"adversarial", "adversarial weight", "discriminator"}) {
      assertThat(curves.mean(loss, 0, START)).as(loss + " before its start").isZero();
      assertThat(curves.mean(loss, START, STEPS)).as(loss).isNotZero();
    }
    // 1 is the hinge loss of somebody who cannot tell.
    assertThat(curves.mean("discriminator", START, START + 5)).isBetween(0.8, 1.2);
    assertThat(curves.last("discriminator")).isLessThan(0.8);
    // Both are the distance of features and codes, which grows while features draw apart; that the
    // codes take its gradient is TokenizerLossesTest's.
    assertThat(curves.last("codebook"))
        .isCloseTo(curves.last("commitment"), within(1e-5))
        .isBetween(0.01, 0.5);
  }

  private static Preset preset() throws Exception {
    try (var in = Preset.class.getResourceAsStream("/presets/tiny.yaml")) {
      return Preset.read(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("steps: 400", "steps: " + STEPS)
              .replace("start: 100", "start: " + START)
              .replace("rows: 32", "rows: 8"));
    }
  }

  private static final class EyeAlone implements Teachers {
    @Override
    public TextEncoder text() {
      throw new AssertionError("a plain tokenizer needs no text encoder");
    }

    @Override
    public MobileNet eye() {
      return ShippedEye.open();
    }
  }
}
