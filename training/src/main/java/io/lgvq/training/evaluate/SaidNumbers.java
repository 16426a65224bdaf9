package io.lgvq.training.evaluate;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many of an object a caption says there are: "two blue dogs" are two, "a dog" is one.
 *
 * <p>The number is the nearest article or number word among the three words before the object, if
 * no word stands between that begins something else ("two cats and dogs" tells no number of dogs).
 * A singular without any is one; a plural without any has no number. Mentions of the same object
 * add up, so "a dog and a dog" are two. Stateless.
 */
final class SaidNumbers {

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("a", 1),
          Map.entry("an", 1),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10));

  private static final List<String> BETWEEN =
      List.of("and", "or", "of", "with", "in", "on", "at", "by", "above", "below", "over", "under");

  private static final int BEFORE = 3;

  private SaidNumbers() {}

  /**
   * @param words of a caption, lower case
   * @param object singular
   * @return empty if the object is not named, or once without a number
   */
  static OptionalInt of(List<String> words, String object) {
    int sum = 0;
    for (int at = 0; at < words.size(); at++) {
      if (Plurals.isFormOf(words.get(at), object)) {
        OptionalInt here = before(words, at, words.get(at).equals(object));
        if (here.isEmpty()) {
          return here;
        }
        sum += here.getAsInt();
      }
    }
    return sum == 0 ? OptionalInt.empty() : OptionalInt.of(sum);
  }

  private static OptionalInt before(List<String> words, int at, boolean singular) {
    for (int i = at - 1; i >= Math.max(0, at - BEFORE); i--) {
      String word = words.get(i);
      if (NUMBERS.containsKey(word)) {
        return OptionalInt.of(NUMBERS.get(word));
      }
      if (word.matches("[1-9][0-9]?")) {
        return OptionalInt.of(Integer.parseInt(word));
      }
      if (BETWEEN.contains(word)) {
        break;
      }
    }
    return singular ? OptionalInt.of(1) : OptionalInt.empty();
  }
}
