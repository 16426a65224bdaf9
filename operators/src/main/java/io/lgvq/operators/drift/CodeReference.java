package io.lgvq.operators.drift;

import java.util.Arrays;

/**
 * Which codes ordinary images are made of: what windows of a feed are held beside. It comes with a
 * bundle ({@code docs/bundle.md}).
 *
 * <p>A window of few images differs from the whole by chance alone, the more so as the codes of one
 * image are alike. How much was measured, not derived: {@link Windows} tells it for windows of one
 * size, and it shrinks as one over their number of images.
 *
 * @param codebook digest of the codebook whose codes were counted
 * @param measuredBy the images and the command, for people
 * @param images number of images
 * @param counts how often each code occurs in them; not copied, and nobody writes to it
 * @param quantizationError of single images
 * @param windows of the same images
 */
public record CodeReference(
    String codebook,
    String measuredBy,
    long images,
    long[] counts,
    Spread quantizationError,
    Windows windows) {

  /** Checks the ranges. */
  public CodeReference {
    require(images > 0, "images must be positive");
    require(counts.length > 0, "counts must not be empty");
    require(Arrays.stream(counts).allMatch(count -> count >= 0), "counts must not be negative");
    require(Arrays.stream(counts).sum() > 0, "one of the counts at least must be positive");
  }

  /**
   * What chance does to windows of ordinary images.
   *
   * @param images in each window
   * @param count number of windows, none of which has an image of another
   * @param perplexity of a window's codes
   * @param divergence of a window's codes from the whole, Jensen-Shannon, in bits; for no window is
   *     it 0
   */
  public record Windows(int images, int count, Spread perplexity, Spread divergence) {

    /** Checks the ranges. */
    public Windows {
      require(images > 0, "windows.images must be positive");
      require(count > 1, "windows.count must be 2 at least");
      require(perplexity.mean() >= 1, "windows.perplexity.mean must be 1 at least");
      require(
          divergence.mean() >= 0 && divergence.mean() <= 1,
          "windows.divergence.mean must be in 0..1");
    }
  }

  /**
   * Divergence that chance alone gives a window of ordinary images, in bits.
   *
   * @param windowImages its number of images
   */
  public double expectedDivergence(long windowImages) {
    return Math.min(1, windows.divergence().mean() * windows.images() / windowImages);
  }

  /**
   * Perplexity of a window of ordinary images: that of all of them, less what few images lack.
   *
   * @param windowImages its number of images
   */
  public double expectedPerplexity(long windowImages) {
    double whole = Frequencies.entropy(counts);
    double lacking = Math.max(0, whole - Math.log(windows.perplexity().mean()));
    return Math.exp(Math.max(0, whole - lacking * windows.images() / windowImages));
  }

  /**
   * Which codes are rare.
   *
   * @param below a code is rare if its probability is less than this
   */
  boolean[] rare(double below) {
    double total = Arrays.stream(counts).sum();
    boolean[] rare = new boolean[counts.length];
    for (int code = 0; code < counts.length; code++) {
      rare[code] = counts[code] / total < below;
    }
    return rare;
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeReference that
        && codebook.equals(that.codebook)
        && measuredBy.equals(that.measuredBy)
        && images == that.images
        && Arrays.equals(counts, that.counts)
        && quantizationError.equals(that.quantizationError)
        && windows.equals(that.windows);
  }

  @Override
  public int hashCode() {
    return 31 * codebook.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "CodeReference[%d codes of %d images]".formatted(counts.length, images);
  }
}
