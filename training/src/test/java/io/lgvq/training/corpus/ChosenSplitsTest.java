package io.lgvq.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.training.SyntheticCorpus;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChosenSplitsTest {

  private final Corpus whole = new SyntheticCorpus(16);

  @Test
  void shouldLeaveOutTestSplitsAloneAndKeepTheirSamples() {
    assertThat(new ChosenSplits(whole, Set.of()).splits()).containsExactly("train", "validation");
    Corpus chosen = new ChosenSplits(whole, Set.of("test"));
    assertThat(chosen.splits()).containsExactly("train", "validation", "test");
    assertThat(chosen.measured()).containsExactly("test");
    assertThat(chosen.sample("test", 3).captions()).isEqualTo(whole.sample("test", 3).captions());
  }

  @Test
  void shouldMeasureValidationForThoseWhoChooseSettings() {
    assertThat(whole.measured()).isNotEmpty().allMatch(split -> split.startsWith("test"));
    assertThat(new ChosenSplits(whole, Set.of("validation")).measured())
        .containsExactly("validation");
    assertThatThrownBy(() -> new ChosenSplits(whole, Set.of("train")))
        .hasMessageContaining("train");
  }

  @Test
  void shouldNameTheSplitsThatThereAre() {
    assertThatThrownBy(() -> new ChosenSplits(whole, Set.of("test-moon")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test-moon")
        .hasMessageContaining("test-");
  }
}
