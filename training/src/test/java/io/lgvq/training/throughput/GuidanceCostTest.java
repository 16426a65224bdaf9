package io.lgvq.training.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.run.Preset;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.OnnxTextEncoder;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.throughput.GuidanceCost.Ratios;
import io.lgvq.training.throughput.GuidanceCost.Time;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GuidanceCostTest {

  private static final Map<String, Set<Part>> SIDES =
      Map.of("gsa", EnumSet.of(Part.GSA), "all", EnumSet.allOf(Part.class));

  @Test
  void shouldTimeEverySideInEveryRoundAndCompareItWithThePlainOne() throws IOException {
    Map<Integer, Map<String, Time>> rounds = new TreeMap<>();

    Map<String, Ratios> ratios =
        GuidanceCost.measure(
            Preset.of("tiny"), new SyntheticCorpus(32), new Words(), SIDES, 2, 3, rounds::put);

    assertThat(rounds).containsOnlyKeys(1, 2, 3);
    assertThat(rounds.get(1)).containsOnlyKeys("", "gsa", "all");
    assertThat(ratios).containsOnlyKeys("gsa", "all");
    assertThat(ratios.get("all").learning())
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(
            rounds.values().stream()
                .map(times -> times.get("all").learning() / times.get("").learning())
                .toList());
    assertThat(rounds.values())
        .allSatisfy(
            times -> assertThat(times.get("gsa").all()).isGreaterThan(times.get("gsa").learning()));
  }

  private static final class Words implements Teachers {
    @Override
    public TextEncoder text() {
      return OnnxTextEncoder.shipped();
    }

    @Override
    public MobileNet eye() {
      throw new AssertionError("nobody looks at pictures here");
    }
  }
}
