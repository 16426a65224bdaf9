package io.lgvq.operators.drift;

import java.util.Arrays;

/**
 * How far the images of a window are from ordinary ones.
 *
 * @param images number of images in the window, 1 or more
 * @param usage share of the codes that occur, 0 .. 1; grows with the number of images
 * @param perplexity {@code exp} of the entropy of the codes' frequencies: the number of equally
 *     frequent codes that would be as varied
 * @param expectedPerplexity what a window of so many ordinary images has
 * @param quantizationError mean over the images
 * @param errorShift how far that lies above the reference's mean, in standard deviations of single
 *     ordinary images: a size of effect, which does not grow with the window
 * @param rareShare share of the codes that are rare in the reference, 0 .. 1
 * @param expectedRareShare the same of the reference's own codes
 * @param divergence Jensen-Shannon divergence from the reference in bits, less what chance gives a
 *     window of so many ordinary images: 0 on average for these, and then also a little below
 */
public record Drift(
    long images,
    double usage,
    double perplexity,
    double expectedPerplexity,
    double quantizationError,
    double errorShift,
    double rareShare,
    double expectedRareShare,
    double divergence) {

  /**
   * Of a window.
   *
   * @param window of one image at least
   * @param rareBelow a code is rare if its probability in the reference is less than this
   */
  public static Drift of(CodeCounts window, CodeReference reference, double rareBelow) {
    long[] counts = window.counts();
    boolean[] rare = reference.rare(rareBelow);
    double excess =
        Frequencies.divergence(counts, reference.counts())
            - reference.expectedDivergence(window.images());
    return new Drift(
        window.images(),
        window.usage(),
        Frequencies.perplexity(counts),
        reference.expectedPerplexity(window.images()),
        window.meanError(),
        shift(window.meanError(), reference.quantizationError()),
        share(counts, rare),
        share(reference.counts(), rare),
        excess);
  }

  /** Infinite where ordinary images have one and the same error, and these have another. */
  private static double shift(double error, Spread ordinary) {
    double difference = error - ordinary.mean();
    return difference == 0 ? 0 : difference / ordinary.deviation();
  }

  private static double share(long[] counts, boolean[] rare) {
    long sum = 0;
    for (int code = 0; code < counts.length; code++) {
      sum += rare[code] ? counts[code] : 0;
    }
    return (double) sum / Arrays.stream(counts).sum();
  }
}
