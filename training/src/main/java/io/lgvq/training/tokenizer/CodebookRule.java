package io.lgvq.training.tokenizer;

import io.lgvq.training.weights.Tensor;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How the vectors of a codebook [K, d] move while a tokenizer is trained. Plain Java over row-major
 * arrays: assigning is the costly part and is done elsewhere.
 *
 * <p>Threading: one thread.
 */
public interface CodebookRule {

  /** The rule of a preset, for K codes of d values. */
  static CodebookRule of(QuantizerSettings settings, int codes, int dimension) {
    return switch (settings.rule()) {
      case MOVING -> new MovingCodebook(settings, codes, dimension);
      case DESCENDING -> new DescendingCodebook(codes, dimension);
      case CLUSTERED -> new ClusteredCodebook(settings.decay(), codes, dimension);
    };
  }

  /** Whether the vectors take the gradient of the codebook loss (LG-VQ, eq. 2, second term). */
  boolean descends();

  /** The first vectors, on features drawn without replacement while there are enough. */
  float[] begin(float[] features, SplittableRandom random);

  /**
   * The vectors after a step.
   *
   * @param step from 0
   * @param vectors as the optimizer left them
   * @param features of the batch, [rows, d]
   * @param codes the code of each row
   */
  Moved after(long step, float[] vectors, float[] features, long[] codes, SplittableRandom random);

  /**
   * What a step came to.
   *
   * @param vectors [K, d]
   * @param placed codes that were put somewhere else because nobody used them
   */
  record Moved(float[] vectors, int placed) {}

  /** What the next step depends on, besides the vectors; for a checkpoint. */
  Map<String, Tensor> state();

  /** Takes over what {@link #state()} gave. */
  void restore(Map<String, Tensor> state);

  /** Rows to put codes on: all before any comes again, in random order. */
  static int[] rows(int codes, int rows, SplittableRandom random) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    int[] chosen = new int[codes];
    for (int code = 0; code < codes; code++) {
      chosen[code] = order[code % rows];
    }
    return chosen;
  }
}
