package io.lgvq.training.evaluate.wording;

import io.lgvq.operators.text.Vocabulary;
import java.util.List;

/**
 * A caption of an image and the captions that the corpus has of it, each as words.
 *
 * @param caption may be empty
 * @param references one or more
 */
record Worded(List<String> caption, List<List<String>> references) {

  /** Lower case, without punctuation; a word with hyphen or apostrophe inside is one word. */
  static Worded of(String caption, List<String> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("a caption is compared with one caption or more");
    }
    return new Worded(
        Vocabulary.split(caption), references.stream().map(Vocabulary::split).toList());
  }
}
