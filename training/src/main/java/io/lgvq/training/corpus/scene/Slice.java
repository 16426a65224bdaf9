package io.lgvq.training.corpus.scene;

import java.util.List;

/**
 * A split of the composed scenes, by what may occur in it. About one pair of nouns in eight is held
 * back from every slice but {@link #NEW_COMPOSITIONS}.
 */
enum Slice {
  TRAIN("train", 1L << 31),
  VALIDATION("validation", 2_000),
  SEEN_COMPOSITIONS("test-seen-compositions", 2_000),
  /** Known objects; at least one pair of them that training never shows together. */
  NEW_COMPOSITIONS("test-new-compositions", 2_000),
  /** Photographs that training never shows. */
  NEW_BACKGROUND("test-new-background", 2_000),
  /** Known objects in art that training never shows. */
  NEW_HAND("test-new-hand", 2_000),
  /** Objects that training never names or shows. */
  NEW_CONCEPT("test-new-concept", 2_000);

  private static final int PAIRS_HELD_IN_100 = 12;

  private final String split;
  private final long size;

  Slice(String split, long size) {
    this.split = split;
    this.size = size;
  }

  String split() {
    return split;
  }

  long size() {
    return size;
  }

  boolean shows(Noun noun) {
    return noun.known() != (this == NEW_CONCEPT);
  }

  boolean shows(Photo photo) {
    return photo.held() == (this == NEW_BACKGROUND);
  }

  List<Hand> hands() {
    return this == NEW_HAND ? List.of(Hand.TWITTER) : Hand.TRAINED;
  }

  /** Share of scenes before a photograph; the others stand before a colour. */
  double photographs() {
    return this == NEW_BACKGROUND ? 1 : 0.55;
  }

  /** Whether these objects may stand together in one scene. */
  boolean allows(List<Noun> nouns) {
    boolean anyHeld = false;
    for (int i = 0; i < nouns.size(); i++) {
      for (int j = 0; j < i; j++) {
        anyHeld |= held(nouns.get(i), nouns.get(j));
      }
    }
    return anyHeld == (this == NEW_COMPOSITIONS) || this == NEW_CONCEPT;
  }

  /** Whether training never shows two nouns together. */
  static boolean held(Noun a, Noun b) {
    return Math.floorMod(a.pairKey(b), 100) < PAIRS_HELD_IN_100;
  }

  static Slice of(String split) {
    for (Slice slice : values()) {
      if (slice.split.equals(split)) {
        return slice;
      }
    }
    throw new IllegalArgumentException("no split '" + split + "'");
  }
}
