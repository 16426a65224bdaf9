package io.lgvq.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.Backbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {

  private static final Cell PLAIN = new Cell(Backbone.VQ_VAE, EnumSet.noneOf(Part.class));
  private static final Cell ALL = new Cell(Backbone.VQ_VAE, EnumSet.allOf(Part.class));

  @TempDir Path folder;

  @Test
  void shouldComparePairsOfOneSeedAndSayWhereGuidanceLoses() throws Exception {
    Experiment experiment = experiment();
    for (int seed = 1; seed <= 3; seed++) {
      result(experiment, PLAIN, seed, 22 + seed, 0.20 + 0.01 * seed);
      result(experiment, ALL, seed, 21.9 + seed + 0.01 * seed, 0.30 + 0.01 * seed);
    }
    experiment.report(folder.resolve("docs/results.md"), "./lgvq experiment");

    String page = Files.readString(folder.resolve("docs/results.md"));
    assertThat(page)
        .contains("from 6 trainings (seeds 1, 2, 3)")
        // 24 +- 4.30 / sqrt(3)
        .contains("| PSNR, dB | 24.00 ± 2.48 | 23.92 ± 2.51 |")
        .contains("| PSNR, dB | **-0.08 ± 0.02** (-0 %) |")
        .contains("| text to image, R@1, % | **+10.00 ± 0.00** (+45 %) |")
        .contains("- New compositions, vq-vae, all: PSNR, -0.0800 ± 0.0248");
    assertThat(page.substring(page.indexOf("Where guidance loses"))).doesNotContain("R@1,");
    assertThat(Files.size(folder.resolve("docs/results-new-compositions.png"))).isPositive();

    experiment.report(folder.resolve("docs/longer.md"), "./lgvq experiment");
    assertThat(folder.resolve("docs/longer-new-compositions.png"))
        .as("pages may stand side by side")
        .isNotEmptyFile();
  }

  @Test
  void shouldAverageDifferencesOverBackbonesThatHaveEveryGuidance() throws Exception {
    var experiment =
        new Experiment(
            Cell.grid(), List.of(1L, 2L), folder.resolve("run"), folder.resolve("records"));
    for (Trial trial : experiment.trials()) {
      if (trial.cell().baseline().equals(trial.cell())) {
        result(experiment, trial.cell(), trial.seed(), 20, 0.2);
      } else {
        double gain =
            trial.cell().backbone() == Backbone.CVQ ? 9 : trial.cell().backbone().ordinal();
        result(experiment, trial.cell(), trial.seed(), 20 + gain + trial.seed(), 0.2);
      }
    }
    experiment.report(folder.resolve("results.md"), "./lgvq experiment");

    String page = Files.readString(folder.resolve("results.md"));
    String summary = page.substring(page.indexOf("## In short"), page.indexOf("### vq-vae"));
    // seed 1: 1 of vq-vae and 2 of vq-gan, seed 2: 2 and 3, so 1.5 and 2.5 and not four of a kind;
    // cvq has no gsa to compare with and takes no part
    assertThat(summary)
        .contains("averaged over vq-vae and vq-gan")
        .contains("| New compositions | gsa | mtp | mtp+ras | mtp+gsa | all | the paper, all |")
        .contains("| PSNR, dB | +2.00 ± 6.35 (+10 %) |")
        .contains("VQ-GAN -0.35 to +0.29", "FID: -6 to -26 %", "-94 %", "+3.15", "+9.15");
  }

  @Test
  void shouldReportWhatIsFinishedAndLeaveUnpairedSeedsOutOfDifferences() throws Exception {
    Experiment experiment = experiment();
    result(experiment, PLAIN, 1, 22, 0.2);
    result(experiment, ALL, 1, 23, 0.3);
    result(experiment, PLAIN, 2, 30, 0.2);
    experiment.report(folder.resolve("results.md"), "./lgvq experiment");

    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| PSNR, dB | 26.00 ± 50.82 | 23.00 |")
        .contains("| PSNR, dB | +1.00 (+4 %) |")
        .contains("It takes two seeds of a cell and its baseline to tell, and there are none yet.");
  }

  @Test
  void shouldNotCompareTrialsOfOtherSettings() throws Exception {
    Experiment experiment = experiment();
    result(experiment, PLAIN, 2, 22, 0.2);
    experiment.requireSettings("preset a");
    assertThatThrownBy(() -> experiment.requireSettings("preset b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vq-vae-baseline-seed-2.json")
        .hasMessageContaining("preset a")
        .hasMessageContaining("--records and --folder")
        .hasMessageEndingWith("vq-vae-baseline-seed-2");
  }

  private Experiment experiment() {
    return new Experiment(
        List.of(PLAIN, ALL), List.of(1L, 2L, 3L), folder.resolve("run"), folder.resolve("records"));
  }

  private static void result(Experiment experiment, Cell cell, long seed, double psnr, double found)
      throws Exception {
    Trial trial =
        experiment.trials().stream()
            .filter(one -> one.seed() == seed && one.cell().equals(cell))
            .findFirst()
            .orElseThrow();
    Files.createDirectories(trial.folder());
    Files.writeString(
        trial.report(),
        """
        {"slices": {"test-new-compositions": {
          "psnr": {"value": %s},
          "language": {"textToImage": {"first": {"value": %s}}}}}}
        """
            .formatted(psnr, found));
    TrialRecord.of(trial, "preset a").write(trial.record());
  }
}
