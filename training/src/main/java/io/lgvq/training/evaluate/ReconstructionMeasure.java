package io.lgvq.training.evaluate;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean over images of the peak signal-to-noise ratio, in decibels: {@code 10 log10(255^2 / mean
 * squared difference)} of 8-bit values.
 *
 * <p>Threading: one thread.
 */
final class ReconstructionMeasure {

  /** What an exact copy counts as; rounding to 8 bits alone costs about 59 dB. */
  private static final double EXACT = 99;

  private final List<Double> decibels = new ArrayList<>();

  /** Counts the next image. */
  void add(double psnr) {
    decibels.add(psnr);
  }

  Estimate estimate() {
    return Estimate.mean(decibels.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Of one image. */
  static double psnr(Pixels original, Pixels reconstructed) {
    byte[] a = original.rgb();
    byte[] b = reconstructed.rgb();
    if (a.length != b.length) {
      throw new IllegalArgumentException(original + " and " + reconstructed + " differ in size");
    }
    long squares = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & 255) - (b[i] & 255);
      squares += (long) difference * difference;
    }
    return squares == 0 ? EXACT : 10 * Math.log10(255.0 * 255.0 * a.length / squares);
  }
}
