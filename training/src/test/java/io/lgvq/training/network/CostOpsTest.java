package io.lgvq.training.network;

import static io.lgvq.training.network.Parameter.Initial.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a network costs, against figures worked out by hand. */
class CostOpsTest {

  private final CostOps cost = new CostOps();

  @Test
  void shouldCountAConvolution() {
    Convolution convolution = Convolution.of("c", 3, 8, 4, 2, 1);
    assertThat(convolution.apply(cost, List.of(1L, 3L, 16L, 16L))).containsExactly(1L, 8L, 8L, 8L);
    assertThat(cost.parameterCount()).isEqualTo(8 * 3 * 4 * 4 + 8);
    assertThat(cost.multiplyAccumulates()).isEqualTo(8 * 8 * (8 * 3 * 4 * 4));
    assertThat(cost.largest()).isEqualTo(8 * 8 * 8);
  }

  @Test
  void shouldCountAttention() {
    SpatialAttention attention = SpatialAttention.of("a", 8);
    assertThat(attention.apply(cost, List.of(1L, 8L, 4L, 4L), 4)).containsExactly(1L, 8L, 4L, 4L);
    assertThat(cost.parameterCount()).isEqualTo(4 * (8 * 8 + 8) + 2 * 8);
    int projections = 4 * 16 * 8 * 8;
    int scoresAndMixing = 2 * 16 * 16 * 8;
    assertThat(cost.multiplyAccumulates()).isEqualTo(projections + scoresAndMixing);
    assertThat(cost.largest()).isEqualTo(16 * 16);
  }

  @Test
  void shouldCountTheSearchForTheNearestCode() {
    Parameter codebook = Parameter.of("codebook", ZERO, 32, 6);
    assertThat(cost.nearestCode(List.of(1L, 9L, 6L), codebook)).containsExactly(1L, 9L);
    assertThat(cost.multiplyAccumulates()).isEqualTo(9 * 6 * 32);
  }

  @Test
  void shouldCountAParameterThatIsUsedTwiceOnce() {
    Linear linear = Linear.of("l", 5, 5);
    linear.apply(cost, linear.apply(cost, List.of(2L, 5L)));
    assertThat(cost.parameterCount()).isEqualTo(30);
    assertThat(cost.parameters()).containsOnlyKeys("l.weight", "l.bias");
    assertThat(cost.multiplyAccumulates()).isEqualTo(2 * 2 * 25);
  }
}
