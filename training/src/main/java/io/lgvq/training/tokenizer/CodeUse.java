package io.lgvq.training.tokenizer;

import io.lgvq.operators.drift.Frequencies;
import java.util.Arrays;

/**
 * How a batch uses the codebook.
 *
 * @param share of the codes that occur, 0 .. 1
 * @param perplexity exp of the entropy of their frequencies, 1 .. K: the number of codes that, used
 *     equally, would say as much
 */
record CodeUse(float share, float perplexity) {

  /**
   * Counts.
   *
   * @param assigned at least one code
   * @param codes K
   */
  static CodeUse of(long[] assigned, int codes) {
    long[] counts = new long[codes];
    for (long code : assigned) {
      counts[(int) code]++;
    }
    long used = Arrays.stream(counts).filter(count -> count > 0).count();
    return new CodeUse((float) used / codes, (float) Frequencies.perplexity(counts));
  }
}
