package io.lgvq.training.corpus.scene;

/** What is behind the objects. */
sealed interface Backdrop {

  /**
   * A square window of a photograph.
   *
   * @param photo which
   * @param zoom index of one of the painter's zoom levels
   * @param x place of the window, 0 (leftmost) .. 1
   * @param y place of the window, 0 (topmost) .. 1
   * @param mirrored left and right swapped
   */
  record View(Photo photo, int zoom, double x, double y, boolean mirrored) implements Backdrop {}

  /**
   * A colour.
   *
   * @param colour its name
   * @param rgb its shade in this scene, 0xRRGGBB
   * @param texture its pattern
   * @param seed of the pattern's details
   */
  record Wall(Colour colour, int rgb, Texture texture, long seed) implements Backdrop {}

  /** Patterns of a wall; all keep the colour's name true. */
  enum Texture {
    PLAIN,
    SHADED,
    STRIPED,
    CHECKED,
    SPECKLED
  }
}
