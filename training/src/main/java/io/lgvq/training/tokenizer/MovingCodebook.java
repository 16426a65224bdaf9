package io.lgvq.training.tokenizer;

import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A codebook that follows the features assigned to it by exponential moving averages (VQ-VAE,
 * appendix A.1), begun from the first batch's features; codes that are hardly used are moved onto
 * current features, without which codebooks collapse.
 *
 * <p>Threading: one thread.
 */
public final class MovingCodebook implements CodebookRule {

  private static final String COUNTS = "codebook.counts";
  private static final String SUMS = "codebook.sums";

  /**
   * Weight of a code that was just placed, as a share of the mean use: little, so that it moves
   * fast to where it is used, or is soon placed elsewhere.
   */
  private static final float PLACED = 0.1f;

  private final QuantizerSettings settings;
  private final int codes;
  private final int dimension;
  private final float[] counts;
  private final float[] sums;

  /** An empty codebook of K codes of d values. */
  public MovingCodebook(QuantizerSettings settings, int codes, int dimension) {
    this.settings = settings;
    this.codes = codes;
    this.dimension = dimension;
    counts = new float[codes];
    sums = new float[codes * dimension];
  }

  @Override
  public boolean descends() {
    return false;
  }

  @Override
  public float[] begin(float[] features, SplittableRandom random) {
    int count = features.length / dimension;
    int[] rows = CodebookRule.rows(codes, count, random);
    for (int code = 0; code < codes; code++) {
      place(code, features, rows[code], (float) count / codes);
    }
    return vectors();
  }

  @Override
  public Moved after(
      long step, float[] vectors, float[] features, long[] assigned, SplittableRandom random) {
    follow(features, assigned);
    int placed = restart(step, features, random);
    return new Moved(vectors(), placed);
  }

  /**
   * Follows a batch.
   *
   * @param features [rows, d]
   * @param assigned the code of each row
   */
  public void follow(float[] features, long[] assigned) {
    float decay = settings.decay();
    float rest = 1 - decay;
    for (int code = 0; code < codes; code++) {
      counts[code] *= decay;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= decay;
    }
    for (int row = 0; row < assigned.length; row++) {
      int code = (int) assigned[row];
      counts[code] += rest;
      int to = code * dimension;
      int from = row * dimension;
      for (int i = 0; i < dimension; i++) {
        sums[to + i] += rest * features[from + i];
      }
    }
  }

  /**
   * Moves dead codes onto features of the batch, if this step is one for it.
   *
   * @return how many were moved
   */
  public int restart(long step, float[] features, SplittableRandom random) {
    if (step == 0 || step % settings.restartEvery() != 0) {
      return 0;
    }
    double total = 0;
    for (float count : counts) {
      total += count;
    }
    float mean = (float) (total / codes);
    int moved = 0;
    for (int code = 0; code < codes; code++) {
      if (counts[code] < settings.deadShare() * mean) {
        place(code, features, random.nextInt(features.length / dimension), mean);
        moved++;
      }
    }
    return moved;
  }

  private void place(int code, float[] features, int row, float meanUse) {
    float count = PLACED * meanUse;
    counts[code] = count;
    for (int i = 0; i < dimension; i++) {
      sums[code * dimension + i] = count * features[row * dimension + i];
    }
  }

  /** The codes, [K, d], row-major. */
  public float[] vectors() {
    float[] vectors = new float[sums.length];
    for (int code = 0; code < codes; code++) {
      float count = Math.max(Float.MIN_NORMAL, counts[code]);
      for (int i = 0; i < dimension; i++) {
        vectors[code * dimension + i] = sums[code * dimension + i] / count;
      }
    }
    return vectors;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of(COUNTS, Tensor.of(counts.clone()), SUMS, Tensor.of(sums.clone()));
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    System.arraycopy(state.get(COUNTS).values(), 0, counts, 0, counts.length);
    System.arraycopy(state.get(SUMS).values(), 0, sums, 0, sums.length);
  }
}
