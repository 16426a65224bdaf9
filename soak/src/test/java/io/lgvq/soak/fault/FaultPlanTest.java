package io.lgvq.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.soak.fleet.Layout;
import io.lgvq.topology.stage.AnswerStage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final List<FaultKind> ALL = List.of(FaultKind.values());
  private static final Layout LAYOUT = Layout.standard();
  private static final Duration SESSION = Duration.ofSeconds(10);

  @Test
  void shouldDrawTheSameFaultsOfTheSameSeedAndOthersOfAnother() {
    assertThat(draw(7)).isEqualTo(draw(7)).isNotEqualTo(draw(8));
  }

  @Test
  void shouldDrawEveryKind() {
    assertThat(draw(7)).extracting(Fault::kind).contains(FaultKind.values());
  }

  @Test
  void shouldDrawEachKindOnceBeforeAnyComesAgain() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(draw(seed).subList(0, ALL.size()))
          .extracting(Fault::kind)
          .containsExactlyInAnyOrder(FaultKind.values());
    }
  }

  @Test
  void shouldStrikeEnginesAndStateWhereTheyAre() {
    for (Fault fault : draw(5)) {
      assertThat(LAYOUT.stages(fault.slot())).contains(fault.stage());
      if (fault.kind() == FaultKind.STATE_DELETED || fault.kind() == FaultKind.KILL_MID_RESTORE) {
        assertThat(LAYOUT.stages(fault.slot())).contains(AnswerStage.NAME);
      }
    }
  }

  @Test
  void shouldCutOffForLongerThanTheSessionTimeout() {
    assertThat(draw(7))
        .filteredOn(fault -> fault.kind() == FaultKind.CUT_OFF)
        .isNotEmpty()
        .allMatch(fault -> fault.lastsMillis() > SESSION.toMillis());
  }

  @Test
  void shouldTroubleRunningInstancesOnlyAndNeverRemoveTheLastOfAStage() {
    Set<Integer> running = new TreeSet<>(LAYOUT.atStart());
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
      assertThat(LAYOUT.isWhole(running)).isTrue();
    }
  }

  @Test
  void shouldDrawNoOtherKindsThanAskedFor() {
    assertThat(FaultPlan.draw(1, 50, List.of(FaultKind.CUT_OFF), LAYOUT, SESSION))
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
    return FaultPlan.draw(seed, 1_000, ALL, LAYOUT, SESSION);
  }
}
