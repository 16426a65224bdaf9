package io.lgvq.training.evaluate.wording;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of words. Stateless. */
final class Ngrams {

  /** The longest that captions are compared by. */
  static final int LONGEST = 4;

  private Ngrams() {}

  /**
   * How often each run of n words stands in a sentence.
   *
   * @param n 1 .. {@link #LONGEST}
   */
  static Map<List<String>, Integer> of(List<String> words, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int from = 0; from + n <= words.size(); from++) {
      counts.merge(words.subList(from, from + n), 1, Integer::sum);
    }
    return counts;
  }
}
