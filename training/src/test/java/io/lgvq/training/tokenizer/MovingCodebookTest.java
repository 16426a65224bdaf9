package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.training.tokenizer.QuantizerSettings.Rule;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MovingCodebookTest {

  private static final QuantizerSettings SETTINGS =
      new QuantizerSettings(Rule.MOVING, 0.25f, 0.5f, 0.1f, 4);

  private final SplittableRandom random = new SplittableRandom(1);
  private final MovingCodebook codebook = new MovingCodebook(SETTINGS, 2, 1);

  @Test
  void shouldBeginOnFeaturesOfTheFirstBatch() {
    codebook.begin(new float[] {3, 8}, random);
    float[] vectors = codebook.vectors();
    Arrays.sort(vectors);
    assertThat(vectors).containsExactly(3, 8);
  }

  @Test
  void shouldMoveToTheWeightedMeanOfOldAndNewFeatures() {
    codebook.begin(new float[] {4, 4}, random);
    // count 0.1, sum 0.4; decayed to 0.05 and 0.2; the batch adds 0.5 * 2 and 0.5 * (6 + 8)
    codebook.follow(new float[] {6, 8}, new long[] {0, 0});
    assertThat(codebook.vectors()[0]).isCloseTo(7.2f / 1.05f, within(1e-5f));
    assertThat(codebook.vectors()[1]).isCloseTo(4, within(1e-6f));
  }

  @Test
  void shouldMoveADeadCodeOntoACurrentFeatureAndLeaveTheOthers() {
    codebook.begin(new float[] {4, 4}, random);
    float[] features = {6, 6};
    for (int step = 1; step <= 4; step++) {
      codebook.follow(features, new long[] {0, 0});
      assertThat(codebook.restart(step, features, random)).isEqualTo(step == 4 ? 1 : 0);
    }
    assertThat(codebook.vectors()[1]).isEqualTo(6);
    assertThat(codebook.vectors()[0]).isBetween(5.9f, 6f);
  }
}
