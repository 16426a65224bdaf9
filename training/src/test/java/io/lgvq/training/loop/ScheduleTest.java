package io.lgvq.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  private final Schedule schedule = new Schedule(2, 10, 110, 0.1f);

  @Test
  void shouldWarmUpInAStraightLine() {
    assertThat(schedule.at(0)).isCloseTo(0.2f, within(1e-6f));
    assertThat(schedule.at(9)).isCloseTo(2, within(1e-6f));
  }

  @Test
  void shouldFallAlongHalfACosineToTheFloorAndStayThere() {
    assertThat(schedule.at(60)).isCloseTo(1.1f, within(1e-5f));
    assertThat(schedule.at(110)).isCloseTo(0.2f, within(1e-5f));
    assertThat(schedule.at(500)).isCloseTo(0.2f, within(1e-5f));
  }
}
