package io.lgvq.operators.image;

import java.time.Duration;

/**
 * What a hostile image may cost.
 *
 * @param maxBytes most encoded bytes
 * @param maxPixels most pixels that the header may declare
 * @param maxSide longest side in pixels that the header may declare
 * @param maxMemory most bytes of the heap that decoding may take, for one image and for all that
 *     are decoded at the same time; how many a pixel takes depends on format, channels and depth
 * @param timeout longest time for decoding one image
 * @param rejectMislabelled whether a declared image type that the magic bytes contradict is refused
 */
public record ImageLimits(
    int maxBytes,
    long maxPixels,
    int maxSide,
    long maxMemory,
    Duration timeout,
    boolean rejectMislabelled) {

  /** Limits with two fifths of this process's heap for decoding. */
  public ImageLimits(
      int maxBytes, long maxPixels, int maxSide, Duration timeout, boolean rejectMislabelled) {
    this(maxBytes, maxPixels, maxSide, shareOfHeap(), timeout, rejectMislabelled);
  }

  /** 20 MiB, 50 megapixels, 16,384 a side, two fifths of the heap, 5 seconds, labels checked. */
  public static ImageLimits standard() {
    return new ImageLimits(20 << 20, 50_000_000L, 16_384, Duration.ofSeconds(5), true);
  }

  // A picture is one array, which must find its place in the old generation (two thirds) beside all
  // that lives there.
  private static long shareOfHeap() {
    return Runtime.getRuntime().maxMemory() / 5 * 2;
  }
}
