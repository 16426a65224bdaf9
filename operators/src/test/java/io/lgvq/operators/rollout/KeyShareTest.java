package io.lgvq.operators.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyShareTest {

  /** A rollout that is under way goes on over a release: these places never change. */
  @Test
  void shouldGiveKeysTheSamePlaceInEveryProcessAndRelease() {
    assertThat(KeyShare.of("bus")).isEqualTo(0.019045346555721654);
    assertThat(KeyShare.of("")).isEqualTo(0.8894159948913373);
    assertThat(KeyShare.of("Stra\u00dfe-7")).isEqualTo(0.15121318810438522);
  }

  @Test
  void shouldSpreadKeysThatLookAlikeEvenly() {
    long below = IntStream.range(0, 20_000).filter(i -> KeyShare.of("camera-7/" + i) < 0.1).count();

    assertThat(below).isBetween(1_800L, 2_200L);
  }
}
