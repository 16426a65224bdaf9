package io.lgvq.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.Backbone;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {

  @Test
  void shouldTrainTheWholeLadderOfGuidanceAndBothEndsOfItOnCvq() {
    assertThat(Cell.grid())
        .extracting(Cell::toString)
        .containsExactlyInAnyOrder(
            "vq-vae, baseline",
            "vq-vae, gsa",
            "vq-vae, mtp",
            "vq-vae, mtp+ras",
            "vq-vae, mtp+gsa",
            "vq-vae, all",
            "vq-gan, baseline",
            "vq-gan, gsa",
            "vq-gan, mtp",
            "vq-gan, mtp+ras",
            "vq-gan, mtp+gsa",
            "vq-gan, all",
            "cvq, baseline",
            "cvq, all");
  }

  @Test
  void shouldBeTrainedByTheOrdinaryCommand() {
    Trial guided = Trial.of(cell("vq-gan, mtp+gsa"), 2, Path.of("x"), Path.of("records"));
    assertThat(String.join(" ", guided.arguments("small", 40, 500, List.of("--threads", "2"))))
        .isEqualTo(
            "train --preset small --backbone vq-gan --seed 2 --kinds 40 --measured 500 --splits"
                + " test-new-compositions,test-new-hand --folder"
                + " x/vq-gan-mtp+gsa-seed-2 --guidance gsa,mtp --threads 2");
    assertThat(
            Trial.of(cell("cvq, baseline"), 1, Path.of("x"), Path.of("records"))
                .arguments("small", 40, 9, List.of()))
        .endsWith("--plain");
  }

  @Test
  void shouldCompareWithTheSameBackboneWithoutGuidance() {
    assertThat(cell("cvq, all").baseline())
        .isEqualTo(new Cell(Backbone.CVQ, EnumSet.noneOf(Part.class)));
  }

  private static Cell cell(String name) {
    return Cell.grid().stream().filter(c -> c.toString().equals(name)).findFirst().orElseThrow();
  }
}
