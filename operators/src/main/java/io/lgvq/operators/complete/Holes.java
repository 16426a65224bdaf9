package io.lgvq.operators.complete;

import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.bundle.BundleManifest.ImageShape;
import io.lgvq.operators.image.Region;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Which codes of an image are missing. Immutable. */
public final class Holes {

  private final int places;
  private final BitSet missing;

  private Holes(int places, BitSet missing) {
    this.places = places;
    this.missing = missing;
  }

  /**
   * Holes at these places.
   *
   * @param places n, codes of an image
   * @param missing indices in 0 .. n - 1
   */
  public static Holes of(int places, IntStream missing) {
    BitSet set = new BitSet(places);
    missing.forEach(set::set);
    if (set.length() > places) {
      throw new IllegalArgumentException(
          "place %d is outside 0..%d".formatted(set.length() - 1, places - 1));
    }
    return new Holes(places, set);
  }

  /**
   * The codes of which a rectangle of the original image touches a pixel; none where it lies in the
   * part that the bundle's pictures crop away.
   *
   * @param mask in pixels of the original image
   * @param width of the original image, upright, in pixels
   * @param height of the original image, upright, in pixels
   */
  public static Holes touchedBy(
      Region mask, int width, int height, ImageShape image, GridShape grid) {
    Region shown = image.fit().part(width, height, image.width(), image.height());
    IntStream touched =
        IntStream.range(0, grid.codes())
            .filter(
                code -> {
                  int place = code / grid.depth();
                  return meet(
                          mask.x(),
                          mask.width(),
                          shown.x(),
                          shown.width(),
                          place % grid.width(),
                          grid.width())
                      && meet(
                          mask.y(),
                          mask.height(),
                          shown.y(),
                          shown.height(),
                          place / grid.width(),
                          grid.height());
                });
    return of(grid.codes(), touched);
  }

  /** Whether cell {@code cell} of the {@code cells} that share a shown length meets the mask. */
  private static boolean meet(
      long mask, long maskLength, long shown, long shownLength, long cell, long cells) {
    // In units of 1 / cells of a pixel, so that borders are whole numbers.
    long begin = shown * cells + cell * shownLength;
    return begin < (mask + maskLength) * cells && begin + shownLength > mask * cells;
  }

  /** Whether the code at a place is missing. */
  public boolean at(int place) {
    return missing.get(place);
  }

  /** The missing places, ascending. */
  public IntStream indices() {
    return missing.stream();
  }

  /** Number of missing codes. */
  public int count() {
    return missing.cardinality();
  }

  /** Number of codes of an image, missing or not. */
  public int places() {
    return places;
  }
}
