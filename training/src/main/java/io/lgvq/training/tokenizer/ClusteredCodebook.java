package io.lgvq.training.tokenizer;

import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The online clustered codebook (Zheng and Vedaldi, Online Clustered Codebook, ICCV 2023): codes
 * move by their loss, and each is drawn the more towards an anchor, a feature of the batch, the
 * less it is used.
 *
 * <p>Running usage N_k (their eq. 5): {@code N_k <- decay N_k + (1 - decay) n_k / rows}. Pull
 * (their eq. 6): {@code a_k = exp(-10 K N_k / (1 - decay) - 1e-3)}, {@code e_k <- (1 - a_k) e_k +
 * a_k anchor_k}. Anchors are drawn at random, near features being likelier (their "probabilistic
 * random"). Only codes whose pull is worth the name look for an anchor, for that is the costly
 * part.
 *
 * <p>Threading: one thread.
 */
final class ClusteredCodebook implements CodebookRule {

  private static final String USAGE = "codebook.usage";
  private static final double STEEPNESS = 10;
  private static final double OFFSET = 1e-3;
  private static final double NOTHING = 1e-4;
  private static final double PLACED = 0.5;

  private final float decay;
  private final int codes;
  private final int dimension;
  private final float[] usage;
  private final DescendingCodebook start;

  ClusteredCodebook(float decay, int codes, int dimension) {
    this.decay = decay;
    this.codes = codes;
    this.dimension = dimension;
    this.usage = new float[codes];
    this.start = new DescendingCodebook(codes, dimension);
  }

  @Override
  public boolean descends() {
    return true;
  }

  @Override
  public float[] begin(float[] features, SplittableRandom random) {
    Arrays.fill(usage, 1f / codes);
    return start.begin(features, random);
  }

  @Override
  public Moved after(
      long step, float[] vectors, float[] features, long[] assigned, SplittableRandom random) {
    count(assigned);
    float[] moved = vectors.clone();
    int placed = 0;
    for (int code = 0; code < codes; code++) {
      double pull = pull(usage[code]);
      if (pull > NOTHING) {
        pull(moved, code, features, anchor(vectors, code, features, random), pull);
        placed += pull > PLACED ? 1 : 0;
      }
    }
    return new Moved(moved, placed);
  }

  private void count(long[] assigned) {
    int[] counts = new int[codes];
    for (long code : assigned) {
      counts[(int) code]++;
    }
    for (int code = 0; code < codes; code++) {
      usage[code] = decay * usage[code] + (1 - decay) * counts[code] / assigned.length;
    }
  }

  private double pull(double used) {
    return Math.exp(-STEEPNESS * codes * used / (1 - decay) - OFFSET);
  }

  private void pull(float[] vectors, int code, float[] features, int row, double pull) {
    for (int i = 0; i < dimension; i++) {
      int at = code * dimension + i;
      vectors[at] = (float) ((1 - pull) * vectors[at] + pull * features[row * dimension + i]);
    }
  }

  /** A row drawn with probability softmax(-squared distance to the code). */
  private int anchor(float[] vectors, int code, float[] features, SplittableRandom random) {
    int rows = features.length / dimension;
    double[] weights = new double[rows];
    double nearest = Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      double distance = 0;
      for (int i = 0; i < dimension; i++) {
        double d = vectors[code * dimension + i] - features[row * dimension + i];
        distance += d * d;
      }
      weights[row] = distance;
      nearest = Math.min(nearest, distance);
    }
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      weights[row] = Math.exp(nearest - weights[row]);
      sum += weights[row];
    }
    double left = random.nextDouble() * sum;
    int row = 0;
    while (row < rows - 1 && left >= weights[row]) {
      left -= weights[row++];
    }
    return row;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of(USAGE, Tensor.of(usage.clone()));
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    System.arraycopy(state.get(USAGE).values(), 0, usage, 0, usage.length);
  }
}
