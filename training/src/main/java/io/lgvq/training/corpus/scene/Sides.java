package io.lgvq.training.corpus.scene;

import java.util.Optional;

/** On which side of the picture a group is, where that is beyond doubt. */
final class Sides {

  private static final double NEAR = 0.4;

  private Sides() {}

  /** {@code left}, {@code right}, {@code top} or {@code bottom}; none in the middle or a corner. */
  static Optional<String> of(Group group) {
    if (group.count() > 1) {
      return Optional.empty();
    }
    Figure figure = group.figures().get(0);
    double across = figure.x() - 0.5;
    double along = figure.y() - 0.5;
    double most = Math.max(Math.abs(across), Math.abs(along));
    double least = Math.min(Math.abs(across), Math.abs(along));
    if (most < 0.5 - NEAR || least > 0.6 * most) {
      return Optional.empty();
    }
    if (Math.abs(across) > Math.abs(along)) {
      return Optional.of(across < 0 ? "left" : "right");
    }
    return Optional.of(along < 0 ? "top" : "bottom");
  }

  /** "on the left", "at the top". */
  static String phrase(String side) {
    return (side.equals("left") || side.equals("right") ? "on the " : "at the ") + side;
  }
}
