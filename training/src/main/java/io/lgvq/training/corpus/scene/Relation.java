package io.lgvq.training.corpus.scene;

import java.util.List;
import java.util.Optional;

/** Where one group is as seen from another, where that is beyond doubt. */
enum Relation {
  LEFT("left"),
  RIGHT("right"),
  ABOVE("above"),
  BELOW("below");

  private static final double APART = 0.18;
  private static final double SLANT = 0.75;

  private final String word;

  Relation(String word) {
    this.word = word;
  }

  /** The one-word answer. */
  String word() {
    return word;
  }

  Relation opposite() {
    return switch (this) {
      case LEFT -> RIGHT;
      case RIGHT -> LEFT;
      case ABOVE -> BELOW;
      case BELOW -> ABOVE;
    };
  }

  /** The relation that holds between each figure of one group and each of another. */
  static Optional<Relation> between(Group from, Group to) {
    return between(from.figures(), to.figures());
  }

  static Optional<Relation> between(List<Figure> from, List<Figure> to) {
    Optional<Relation> all = Optional.empty();
    for (Figure a : from) {
      for (Figure b : to) {
        Optional<Relation> one = between(a, b);
        if (one.isEmpty() || all.isPresent() && !all.equals(one)) {
          return Optional.empty();
        }
        all = one;
      }
    }
    return all;
  }

  static Optional<Relation> between(Figure a, Figure b) {
    double across = Math.abs(a.x() - b.x());
    double along = Math.abs(a.y() - b.y());
    if (across >= APART && along <= SLANT * across) {
      return Optional.of(a.x() < b.x() ? LEFT : RIGHT);
    }
    if (along >= APART && across <= SLANT * along) {
      return Optional.of(a.y() < b.y() ? ABOVE : BELOW);
    }
    return Optional.empty();
  }
}
