package io.lgvq.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final List<FaultKind> ALL = List.of(FaultKind.values());

  @Test
  void shouldDrawTheSameFaultsOfTheSameSeedAndOthersOfAnother() {
    assertThat(draw(7)).isEqualTo(draw(7)).isNotEqualTo(draw(8));
  }

  @Test
  void shouldDrawEveryKind() {
    assertThat(draw(7)).extracting(Fault::kind).contains(FaultKind.values());
  }

  @Test
  void shouldTroubleRunningInstancesOnlyAndNeverRemoveTheLast() {
    Set<Integer> running = new TreeSet<>(Set.of(0, 1));
    for (Fault fault : draw(11)) {
      if (fault.kind() == FaultKind.INSTANCE_ADDED) {
        assertThat(running.add(fault.slot())).isTrue();
      } else {
        assertThat(running).contains(fault.slot());
      }
      if (fault.kind() == FaultKind.INSTANCE_REMOVED) {
        running.remove(fault.slot());
      }
      assertThat(running).hasSizeBetween(1, 3);
    }
  }

  @Test
  void shouldDrawNoOtherKindsThanAskedFor() {
    assertThat(FaultPlan.draw(1, 50, List.of(FaultKind.CUT_OFF), 3, 2))
        .hasSize(50)
        .extracting(Fault::kind)
        .containsOnly(FaultKind.CUT_OFF);
  }

  @Test
  void shouldNameAllKindsWhereOneIsUnknown() {
    assertThat(FaultKind.of("kill-mid-batch")).isEqualTo(FaultKind.KILL_MID_BATCH);
    assertThatThrownBy(() -> FaultKind.of("flood"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no fault is called 'flood'; there are kill-mid-batch, ");
  }

  private static List<Fault> draw(long seed) {
    return FaultPlan.draw(seed, 1_000, ALL, 3, 2);
  }
}
