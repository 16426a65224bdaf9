package io.lgvq.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LexiconTest {

  private final Lexicon lexicon =
      new Lexicon(Map.of(70, 6L, 30, 2L), Set.of(70), piece -> new float[] {piece, 1});

  @Test
  void shouldNumberPiecesByTheirIdsBehindPaddingAndUnknown() {
    assertThat(lexicon.pieces()).containsExactly(30, 70);
    assertThat(lexicon.encode(new int[] {70, 30, 99}, 4)).containsExactly(3, 2, Lexicon.UNKNOWN, 0);
    assertThat(lexicon.content(3)).isTrue();
    assertThat(lexicon.content(2)).isFalse();
  }

  @Test
  void shouldTellHowFrequentWordsAre() {
    float[] logs = lexicon.logFrequencies().values();

    assertThat(logs).hasSize(lexicon.size());
    assertThat(logs[3]).isCloseTo((float) Math.log(6 / 8d), within(1e-6f));
    assertThat(logs[2]).isCloseTo((float) Math.log(2 / 8d), within(1e-6f));
    assertThat(logs[Lexicon.UNKNOWN]).isCloseTo((float) Math.log(1 / 8d), within(1e-6f));
  }

  @Test
  void shouldCentreTheRowsOfWordsAlone() {
    assertThat(lexicon.centred()).containsExactly(0, 0, 0, 0, -20, 0, 20, 0);
  }
}
