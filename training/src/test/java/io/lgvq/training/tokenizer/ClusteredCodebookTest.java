package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.training.tokenizer.CodebookRule.Moved;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two codes on a line; only the first is used. */
class ClusteredCodebookTest {

  private static final float DECAY = 0.9f;
  private static final float[] VECTORS = {1, 9};
  private static final float[] FEATURES = {1, 2};
  private static final long[] ALL_FIRST = {0, 0};

  private final SplittableRandom random = new SplittableRandom(1);
  private final ClusteredCodebook codebook = new ClusteredCodebook(DECAY, 2, 1);

  @Test
  void shouldAnchorUnusedCodeOnFeatureOnceItsUsageHasRunOut() {
    codebook.begin(FEATURES, random);
    float[] vectors = VECTORS;
    int steps = 0;
    while (vectors[1] == VECTORS[1]) {
      vectors = codebook.after(steps++, vectors, FEATURES, ALL_FIRST, random).vectors();
    }

    // The pull is below 1e-4 until 10 * 2 * 0.5 * 0.9^t / 0.1 < 9.2, that is until t = 23.
    assertThat(steps).isEqualTo(23);
    assertThat(vectors[1]).isBetween(8.99f, 9f);
    for (int more = 0; more < 60; more++) {
      vectors = codebook.after(steps++, vectors, FEATURES, ALL_FIRST, random).vectors();
    }
    assertThat(vectors[1]).isBetween(0.9f, 2.1f);
  }

  @Test
  void shouldPullByTheUsageAsThePaperHasIt() {
    codebook.begin(FEATURES, random);
    Moved moved = new Moved(VECTORS, 0);
    double usage = 0.5;
    for (int step = 0; step < 30; step++) {
      moved = codebook.after(step, VECTORS, new float[] {2, 2}, ALL_FIRST, random);
      usage *= DECAY;
    }

    double pull = Math.exp(-usage * 2 * 10 / (1 - DECAY) - 1e-3);
    assertThat((double) moved.vectors()[1]).isCloseTo(9 - 7 * pull, within(1e-3));
    assertThat(moved.placed()).isZero();
  }

  @Test
  void shouldLeaveUsedCodesToTheirLoss() {
    codebook.begin(FEATURES, random);
    float[] vectors = VECTORS;
    for (int step = 0; step < 100; step++) {
      vectors = codebook.after(step, vectors, FEATURES, ALL_FIRST, random).vectors();
    }

    assertThat(vectors[0]).isEqualTo(VECTORS[0]);
  }

  @Test
  void shouldPreferNearFeaturesAsAnchors() {
    ClusteredCodebook one = new ClusteredCodebook(0f, 2, 1);
    one.begin(FEATURES, random);
    int near = 0;
    for (int draw = 0; draw < 1_000; draw++) {
      Moved moved = one.after(0, new float[] {0, 0}, new float[] {0, 1}, ALL_FIRST, random);
      near += moved.vectors()[1] < 0.5f ? 1 : 0;
    }

    // softmax(0, -1) = 0.731
    assertThat(near).isBetween(690, 770);
  }

  @Test
  void shouldGoOnFromItsState() {
    codebook.begin(FEATURES, random);
    for (int step = 0; step < 25; step++) {
      codebook.after(step, VECTORS, FEATURES, ALL_FIRST, random);
    }
    ClusteredCodebook resumed = new ClusteredCodebook(DECAY, 2, 1);
    resumed.restore(codebook.state());

    assertThat(resumed.after(25, VECTORS, FEATURES, ALL_FIRST, new SplittableRandom(7)).vectors())
        .isEqualTo(
            codebook.after(25, VECTORS, FEATURES, ALL_FIRST, new SplittableRandom(7)).vectors());
  }
}
