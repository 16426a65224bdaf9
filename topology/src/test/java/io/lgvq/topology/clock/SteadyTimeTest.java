package io.lgvq.topology.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {

  private static final long NOON = 1_800_000_000_000L;

  private final Machine machine = new Machine();
  private final SteadyTime time = new SteadyTime(machine);

  @Test
  void shouldFollowTheMachineAlsoWhereItIsSetForward() {
    machine.pass(1_000);
    assertThat(time.milliseconds()).isEqualTo(NOON + 1_000);

    machine.set(3_600_000);
    assertThat(time.milliseconds()).isEqualTo(NOON + 3_601_000);
  }

  @Test
  void shouldGoOnWhereTheMachineIsSetBack() {
    machine.pass(1_000);
    assertThat(time.milliseconds()).isEqualTo(NOON + 1_000);

    machine.set(-3_600_000);
    assertThat(time.milliseconds()).isEqualTo(NOON + 1_000);
    machine.pass(100);
    assertThat(time.milliseconds()).isEqualTo(NOON + 1_090);
    machine.pass(100);
    assertThat(time.milliseconds()).isEqualTo(NOON + 1_180);
  }

  @Test
  void shouldBeWithTheMachineAgainAfterTenTimesTheStep() {
    machine.set(-1_000);
    machine.pass(9_999);
    assertThat(time.milliseconds()).isGreaterThan(machine.milliseconds() - 1);
    machine.pass(2);
    assertThat(time.milliseconds()).isEqualTo(machine.milliseconds());
  }

  /** A clock that the test moves. */
  private static final class Machine implements Time {

    private long wall = NOON;
    private long nanos = 5;

    void pass(long millis) {
      wall += millis;
      nanos += millis * 1_000_000;
    }

    void set(long step) {
      wall += step;
    }

    @Override
    public long milliseconds() {
      return wall;
    }

    @Override
    public long nanoseconds() {
      return nanos;
    }

    @Override
    public void sleep(long millis) {
      pass(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadline) {
      throw new UnsupportedOperationException();
    }
  }
}
