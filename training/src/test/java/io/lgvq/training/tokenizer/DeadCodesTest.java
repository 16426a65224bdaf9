package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class DeadCodesTest {

  private static final int CODES = 8;
  private static final long[] ALL = {0, 1, 2, 3, 4, 5, 6, 7};
  private static final long[] MOST = {0, 1, 2, 3, 4, 5, 6};
  private static final long[] HALF = {0, 1, 2, 3};

  @Test
  void shouldSayHowManyCodesNobodyHasHadForLong() {
    List<String> warnings = warnings(1_100, step -> step < 500 ? ALL : HALF);

    assertThat(warnings).hasSize(3);
    assertThat(warnings.get(0))
        .isEqualTo(
            "4 of the codebook's 8 codes are dead: at step 699 nothing has been encoded by them for"
                + " 200 steps. Do something.");
  }

  @Test
  void shouldSayNothingOfAFewDeadCodesOrOfRareOnes() {
    assertThat(warnings(1_000, step -> MOST)).isEmpty();
    assertThat(warnings(2_000, step -> step % 150 == 0 ? ALL : HALF)).isEmpty();
  }

  @Test
  void shouldWarnOfCodesThatNeverCameToLife() {
    assertThat(warnings(DeadCodes.UNUSED - 1, step -> HALF)).isEmpty();
    assertThat(warnings(DeadCodes.UNUSED, step -> HALF)).hasSize(1);
  }

  private static List<String> warnings(int steps, IntFunction<long[]> assigned) {
    DeadCodes codes = new DeadCodes(CODES, "Do something.");
    List<String> warnings = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      codes.look(step, assigned.apply(step)).ifPresent(warnings::add);
    }
    return warnings;
  }
}
