package io.lgvq.training.evaluate;

import io.lgvq.operators.image.Pixels;

/** The middle of a picture, half of each side. Immutable. */
final class MiddlePart {

  private static final int CHANNELS = 3;

  private final Pixels picture;

  MiddlePart(Pixels picture) {
    this.picture = picture;
  }

  /** Peak signal-to-noise ratio of another picture's middle, decibels. */
  double psnr(Pixels other) {
    return ReconstructionMeasure.psnr(cut(picture), cut(other));
  }

  /** The same of a middle that has the mean colour of what surrounds it. */
  double psnrOfSurroundings() {
    long[] sums = new long[CHANNELS];
    long outside = 0;
    for (int at = 0; at < picture.width() * picture.height(); at++) {
      if (!inside(at)) {
        outside++;
        for (int channel = 0; channel < CHANNELS; channel++) {
          sums[channel] += picture.rgb()[CHANNELS * at + channel] & 255;
        }
      }
    }
    byte[] flat = new byte[picture.rgb().length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (byte) Math.round((double) sums[i % CHANNELS] / outside);
    }
    return psnr(new Pixels(picture.width(), picture.height(), flat));
  }

  private boolean inside(int at) {
    return CompleteMeasure.within(at / picture.width(), picture.height())
        && CompleteMeasure.within(at % picture.width(), picture.width());
  }

  private Pixels cut(Pixels whole) {
    int left = (whole.width() + 3) / 4;
    int top = (whole.height() + 3) / 4;
    int width = (3 * whole.width() + 3) / 4 - left;
    int height = (3 * whole.height() + 3) / 4 - top;
    byte[] rgb = new byte[CHANNELS * width * height];
    for (int row = 0; row < height; row++) {
      System.arraycopy(
          whole.rgb(),
          CHANNELS * ((top + row) * whole.width() + left),
          rgb,
          CHANNELS * row * width,
          CHANNELS * width);
    }
    return new Pixels(width, height, rgb);
  }
}
