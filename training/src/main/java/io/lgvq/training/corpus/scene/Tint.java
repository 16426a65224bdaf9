package io.lgvq.training.corpus.scene;

/**
 * Paints an object in one colour by its light and shade: the object's own middle brightness becomes
 * the colour, what is darker goes to black and what is lighter half way to white. A quarter of the
 * object's own colours remains, for art that tells its parts apart by hue alone.
 */
final class Tint {

  private static final int MIDDLE = 128;

  private final int[] shades = new int[256];

  /**
   * @param colour what it becomes
   * @param middle mean brightness of the object, 0 .. 255
   */
  Tint(Colour colour, int middle) {
    double gain = (double) MIDDLE / Math.max(middle, 24);
    for (int i = 0; i < 256; i++) {
      double light = Math.min(255, i * gain);
      int rgb = 0;
      for (int shift = 16; shift >= 0; shift -= 8) {
        double full = colour.rgb() >> shift & 255;
        double shade =
            light <= MIDDLE
                ? full * (0.25 + 0.75 * light / MIDDLE)
                : full + (255 - full) * 0.5 * (light - MIDDLE) / (255 - MIDDLE);
        rgb |= (int) (shade + 0.5) << shift;
      }
      shades[i] = rgb;
    }
  }

  /** The tinted colour of a pixel; its opacity is not looked at. */
  int of(int rgb) {
    int shade = shades[brightness(rgb)];
    // Three parts to one in each channel at once: the masks keep channels from running together.
    return 3 * (shade >> 2 & 0x3F3F3F) + (rgb >> 2 & 0x3F3F3F);
  }

  /** Luma of a colour, 0 .. 255. */
  static int brightness(int rgb) {
    return (77 * (rgb >> 16 & 255) + 150 * (rgb >> 8 & 255) + 29 * (rgb & 255)) >> 8;
  }
}
