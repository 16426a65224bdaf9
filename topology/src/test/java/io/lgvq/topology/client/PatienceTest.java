package io.lgvq.topology.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Duration ASKED = Duration.ofMillis(10);

  private final Patience patience = new Patience(0);

  @Test
  void shouldWaitAsLongAsAskedWhileThereIsWork() {
    assertThat(timeoutAfter(Patience.WORK)).isEqualTo(ASKED);
    patience.work();
    assertThat(timeoutAfter(Patience.WORK.multipliedBy(2))).isEqualTo(ASKED);
  }

  @Test
  void shouldWaitLongerOnceNothingHasComeForAWhile() {
    assertThat(timeoutAfter(Patience.WORK.plusNanos(1))).isEqualTo(Patience.LONGEST);
    patience.work();
    assertThat(timeoutAfter(Patience.WORK.plusNanos(1))).isEqualTo(ASKED);
  }

  @Test
  void shouldNotWaitLongerForCompanyOfWhatCameBeforeLongWork() {
    patience.work();
    Duration worked = Patience.WORK.multipliedBy(10);
    assertThat(timeoutAfter(worked)).isEqualTo(ASKED);
    assertThat(timeoutAfter(worked.plus(Patience.WORK))).isEqualTo(ASKED);
    assertThat(timeoutAfter(worked.plus(Patience.WORK).plusNanos(1))).isEqualTo(Patience.LONGEST);
  }

  @Test
  void shouldNotWaitWhereKafkaStreamsCannotWait() {
    assertThat(patience.timeout(Duration.ZERO, Patience.WORK.multipliedBy(2).toNanos())).isZero();
  }

  @Test
  void shouldNotWaitShorterThanAsked() {
    Duration second = Duration.ofSeconds(1);
    assertThat(patience.timeout(second, Patience.WORK.multipliedBy(2).toNanos())).isEqualTo(second);
  }

  private Duration timeoutAfter(Duration time) {
    return patience.timeout(ASKED, time.toNanos());
  }
}
