package io.lgvq.soak.verify;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which numbers of the feed one topic has shown, and the last of each key. A bit a number. */
final class Numbers {

  // Records of a key lie close together, so that a key can be forgotten after so many others.
  private static final int KEYS = 50_000;

  private final BitSet seen = new BitSet();
  private final Map<String, Integer> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > KEYS;
        }
      };

  /** Notes a number; false if it was there before. */
  boolean add(int number) {
    boolean isNew = !seen.get(number);
    seen.set(number);
    return isNew;
  }

  /** Notes the number as the last of its key; false if a later one was there before. */
  boolean isInOrder(String key, int number) {
    return last.merge(key, number, Math::max) == number;
  }

  boolean has(int number) {
    return seen.get(number);
  }

  /** All that are there from a number on. */
  int[] from(int first) {
    return seen.stream().filter(number -> number >= first).toArray();
  }

  int count() {
    return seen.cardinality();
  }
}
