package io.lgvq.operators.drift;

import java.util.Arrays;

/**
 * How often each code occurs in some images, and their quantization error.
 *
 * <p>Threading: one thread.
 */
public final class CodeCounts {

  private final long[] counts;
  private long images;
  private double errors;

  /**
   * Of no images.
   *
   * @param size number K of codes
   */
  public CodeCounts(int size) {
    this(new long[size], 0, 0);
  }

  /**
   * Of images that were counted elsewhere.
   *
   * @param counts how often each code occurs; belongs to the new object
   * @param images number of images
   * @param errors sum of their quantization errors
   */
  public CodeCounts(long[] counts, long images, double errors) {
    this.counts = counts;
    this.images = images;
    this.errors = errors;
  }

  /**
   * Counts one image more.
   *
   * @param codes each in 0 .. K-1
   * @param error its quantization error, at least 0
   */
  public void add(int[] codes, double error) {
    for (int code : codes) {
      counts[code]++;
    }
    errors += error;
    images++;
  }

  /** How often each code occurs; not a copy, and not to be written to. */
  public long[] counts() {
    return counts;
  }

  /** Number of images. */
  public long images() {
    return images;
  }

  /** Sum of the images' quantization errors. */
  public double errors() {
    return errors;
  }

  /** Mean quantization error of an image; of one image at least. */
  public double meanError() {
    return errors / images;
  }

  /** Share of the codes that occur, 0 .. 1. */
  public double usage() {
    return (double) Arrays.stream(counts).filter(count -> count > 0).count() / counts.length;
  }
}
