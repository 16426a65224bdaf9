package io.lgvq.training.corpus.scene;

import java.util.List;
import java.util.Optional;

/**
 * Equal objects of a scene: "three blue dogs".
 *
 * @param noun what they are
 * @param hand whose art they are drawn in
 * @param tint the colour that they were given, if any
 * @param figures one for each object
 */
record Group(Noun noun, Hand hand, Optional<Colour> tint, List<Figure> figures) {

  int count() {
    return figures.size();
  }

  /** The colour that anyone would name: the tint, else the noun's own where beyond doubt. */
  Optional<Colour> colour() {
    return tint.or(noun::colour);
  }

  /** "dog" or "dogs". */
  String form() {
    return noun.form(count());
  }
}
