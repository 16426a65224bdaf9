package io.lgvq.training.tokenizer;

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
    int[] counts = new int[codes];
    for (long code : assigned) {
      counts[(int) code]++;
    }
    int used = 0;
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        used++;
        double frequency = (double) count / assigned.length;
        entropy -= frequency * Math.log(frequency);
      }
    }
    return new CodeUse((float) used / codes, (float) Math.exp(entropy));
  }
}
