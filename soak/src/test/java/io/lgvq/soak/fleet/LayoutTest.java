package io.lgvq.soak.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private final Layout layout = Layout.standard();

  @Test
  void shouldBeginWithEveryStageInOneProcessOfItsOwnOrAPair() {
    assertThat(layout.isWhole(layout.atStart())).isTrue();
    Set<String> seen = new TreeSet<>();
    for (int slot : layout.atStart()) {
      assertThat(layout.stages(slot)).hasSize(2).noneMatch(seen::contains);
      seen.addAll(layout.stages(slot));
    }
  }

  @Test
  void shouldTellWhenAStageIsMissing() {
    assertThat(layout.isWhole(List.of(0))).isTrue();
    assertThat(layout.isWhole(List.of(1, 2))).isTrue();
    assertThat(layout.isWhole(List.of(1))).isFalse();
    assertThat(layout.isWhole(List.of(2))).isFalse();
  }
}
