package io.lgvq.topology.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilentHostsTest {

  private static final String HOST = "pictures.example:8443";
  private static final int ATTEMPTS = 3;

  private long now;
  private final SilentHosts hosts = new SilentHosts(() -> now);

  @Test
  void shouldLeaveSilentHostAloneThenTryItOnceForAllThatWait() {
    hosts.silent(HOST);
    assertThat(attempts()).isZero();
    pass(SilentHosts.FIRST_PAUSE.minusNanos(1));
    assertThat(attempts()).isZero();

    pass(Duration.ofNanos(1));
    assertThat(attempts()).isEqualTo(1);
    assertThat(attempts()).as("another thread meanwhile").isZero();
  }

  @Test
  void shouldAskAsBeforeOnceTheHostAnswers() {
    hosts.silent(HOST);
    pass(SilentHosts.FIRST_PAUSE);
    assertThat(attempts()).isEqualTo(1);
    hosts.answered(HOST);

    assertThat(attempts()).isEqualTo(ATTEMPTS);
  }

  @Test
  void shouldTryLessOftenTheLongerTheHostIsSilentButNotForever() {
    hosts.silent(HOST);
    for (Duration pause = SilentHosts.FIRST_PAUSE;
        pause.compareTo(SilentHosts.LONGEST_PAUSE) < 0;
        pause = pause.multipliedBy(2)) {
      pass(pause);
      assertThat(attempts()).isEqualTo(1);
      hosts.silent(HOST);
      pass(pause);
      assertThat(attempts()).isZero();
      pass(pause.negated());
    }
    pass(SilentHosts.LONGEST_PAUSE);
    assertThat(attempts()).isEqualTo(1);
    hosts.silent(HOST);
    pass(SilentHosts.LONGEST_PAUSE);
    assertThat(attempts()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeRequestsUnderWayForNewOnes() {
    hosts.silent(HOST);
    hosts.silent(HOST);
    pass(SilentHosts.FIRST_PAUSE);

    assertThat(attempts()).isEqualTo(1);
  }

  @Test
  void shouldTakeErrorsOfOneObjectForItsOwnUnlessNothingElseComes() {
    hosts.erred(HOST);
    hosts.erred(HOST);
    assertThat(attempts()).isEqualTo(ATTEMPTS);
    hosts.answered(HOST);
    hosts.erred(HOST);
    hosts.erred(HOST);
    assertThat(attempts()).isEqualTo(ATTEMPTS);

    hosts.erred(HOST);
    assertThat(attempts()).isZero();
  }

  @Test
  void shouldKeepHostsApart() {
    hosts.silent(HOST);

    assertThat(hosts.attempts("pictures.example", ATTEMPTS)).isEqualTo(ATTEMPTS);
  }

  private int attempts() {
    return hosts.attempts(HOST, ATTEMPTS);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
