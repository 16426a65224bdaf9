package io.lgvq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandAgainTest {

  @Test
  void shouldLeaveOutWhereABundleWasMade() {
    assertThat(
            CommandAgain.of(
                List.of("train", "--folder", "/home/me/run", "--seed", "1", "--folder=other")))
        .isEqualTo("./lgvq train --seed 1");
  }

  @Test
  void shouldNameTheTrainingsOfAPageThatWasOnlyWrittenAgain() {
    assertThat(CommandAgain.of(List.of("experiment", "--report-only", "--seeds", "1")))
        .isEqualTo("./lgvq experiment --seeds 1");
  }
}
