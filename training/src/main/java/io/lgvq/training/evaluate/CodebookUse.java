package io.lgvq.training.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Which codes the images were made of.
 *
 * @param size number K of codes
 * @param used codes that occur at all
 * @param perplexity {@code exp} of the entropy of their frequencies: the number of equally frequent
 *     codes that would be as varied
 */
public record CodebookUse(int size, int used, double perplexity) {

  /** Share of the codes that occur. */
  @JsonProperty("usage")
  public double usage() {
    return (double) used / size;
  }

  /**
   * Of counts.
   *
   * @param counts how often each code occurs
   */
  static CodebookUse of(long[] counts) {
    double total = Arrays.stream(counts).sum();
    double entropy =
        Arrays.stream(counts)
            .filter(count -> count > 0)
            .mapToDouble(count -> -count / total * Math.log(count / total))
            .sum();
    int used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    return new CodebookUse(counts.length, used, Math.exp(entropy));
  }
}
