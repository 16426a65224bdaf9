package io.lgvq.training.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.lgvq.operators.drift.Frequencies;
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
    int used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    return new CodebookUse(counts.length, used, Frequencies.perplexity(counts));
  }
}
