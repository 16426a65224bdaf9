package io.lgvq.training.tokenizer;

import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A codebook that its loss alone moves, as in the first VQ-GAN: what is not used stays where it is,
 * so such codebooks tend to collapse. There to be compared with. Stateless.
 */
final class DescendingCodebook implements CodebookRule {

  private final int codes;
  private final int dimension;

  DescendingCodebook(int codes, int dimension) {
    this.codes = codes;
    this.dimension = dimension;
  }

  @Override
  public boolean descends() {
    return true;
  }

  @Override
  public float[] begin(float[] features, SplittableRandom random) {
    int[] rows = CodebookRule.rows(codes, features.length / dimension, random);
    float[] vectors = new float[codes * dimension];
    for (int code = 0; code < codes; code++) {
      System.arraycopy(features, rows[code] * dimension, vectors, code * dimension, dimension);
    }
    return vectors;
  }

  @Override
  public Moved after(
      long step, float[] vectors, float[] features, long[] assigned, SplittableRandom random) {
    return new Moved(vectors, 0);
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    // there is none
  }
}
