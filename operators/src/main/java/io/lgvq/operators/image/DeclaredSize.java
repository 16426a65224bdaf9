package io.lgvq.operators.image;

/**
 * A size in pixels, as some header declares it.
 *
 * @param width 0 or more
 * @param height 0 or more
 */
record DeclaredSize(long width, long height) {

  /** What a header declares that declares nothing. */
  static final DeclaredSize NONE = new DeclaredSize(0, 0);

  long pixels() {
    return width * height;
  }

  boolean within(ImageLimits limits) {
    return Math.max(width, height) <= limits.maxSide() && pixels() <= limits.maxPixels();
  }

  static DeclaredSize larger(DeclaredSize first, DeclaredSize second) {
    return first.pixels() >= second.pixels() ? first : second;
  }
}
