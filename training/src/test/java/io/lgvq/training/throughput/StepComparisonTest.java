package io.lgvq.training.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.training.run.Backbone;
import io.lgvq.training.run.Preset;
import io.lgvq.training.throughput.StepComparison.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepComparisonTest {

  @Test
  void shouldTakeTheMiddleOfTheRoundsRatios() {
    StepComparison done =
        new StepComparison(
            7, 2, 1, "a", "b", List.of(new Round(30, 20), new Round(20, 20), new Round(24, 20)));

    assertThat(done.ratios()).containsExactly(1.0, 1.2, 1.5);
    assertThat(done.median()).isEqualTo(1.2);
  }

  @Test
  void shouldRefuseAQuantizerThatThePythonSideDoesNotHave() throws IOException {
    var clustered = Preset.of("tiny").with(Backbone.CVQ).tokenizer();

    assertThatThrownBy(() -> StepComparison.run(clustered, Path.of("none.py"), 1, 1, round -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'moving'");
  }
}
