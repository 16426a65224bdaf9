package io.lgvq.training.corpus.scene;

import java.util.List;

/**
 * All that is in a picture: captions and questions are read off it, the painter paints it.
 *
 * @param backdrop behind everything
 * @param groups one to four, of different nouns
 * @param light gain of the red, green and blue channels
 */
record Scene(Backdrop backdrop, List<Group> groups, List<Double> light) {

  /** Number of objects, 1 .. 4. */
  int count() {
    return groups.stream().mapToInt(Group::count).sum();
  }
}
