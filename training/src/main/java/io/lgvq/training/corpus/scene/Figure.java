package io.lgvq.training.corpus.scene;

/**
 * One drawn object.
 *
 * @param x centre, 0 (left) .. 1 (right)
 * @param y centre, 0 (top) .. 1 (bottom)
 * @param size longer side as a share of the picture's side
 * @param mirrored left and right swapped
 */
record Figure(double x, double y, double size, boolean mirrored) {

  /** Share of the smaller figure's square that the two squares have in common. */
  double overlap(Figure other) {
    double width =
        Math.min(x + size / 2, other.x + other.size / 2)
            - Math.max(x - size / 2, other.x - other.size / 2);
    double height =
        Math.min(y + size / 2, other.y + other.size / 2)
            - Math.max(y - size / 2, other.y - other.size / 2);
    double smaller = Math.min(size, other.size);
    return width <= 0 || height <= 0 ? 0 : width * height / (smaller * smaller);
  }
}
