package io.lgvq.operators.image;

import java.time.Duration;

/**
 * What a hostile image may cost.
 *
 * @param maxBytes most encoded bytes
 * @param maxPixels most pixels that the header may declare
 * @param maxSide longest side in pixels that the header may declare
 * @param timeout longest time for decoding one image
 * @param rejectMislabelled whether a declared image type that the magic bytes contradict is refused
 */
public record ImageLimits(
    int maxBytes, long maxPixels, int maxSide, Duration timeout, boolean rejectMislabelled) {

  /** 20 MiB, 50 megapixels, 16,384 a side, 5 seconds, labels checked. */
  public static ImageLimits standard() {
    return new ImageLimits(20 << 20, 50_000_000L, 16_384, Duration.ofSeconds(5), true);
  }
}
