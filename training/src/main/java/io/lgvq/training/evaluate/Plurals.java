package io.lgvq.training.evaluate;

import java.util.Map;
import java.util.Set;

/** Whether an English word is a form of another: a caption that says "two cats" names a cat. */
final class Plurals {

  private static final Map<String, String> IRREGULAR =
      Map.of(
          "child", "children",
          "foot", "feet",
          "goose", "geese",
          "mouse", "mice",
          "person", "people",
          "tooth", "teeth");

  private Plurals() {}

  /** Whether a word is the singular or a plural of an object's name. */
  static boolean isFormOf(String word, String object) {
    // Most words end here: the forms of a word begin alike, also the irregular ones.
    if (!word.regionMatches(0, object, 0, 1)) {
      return false;
    }
    return word.equals(object)
        || word.equals(IRREGULAR.get(object))
        || regular(object).contains(word);
  }

  private static Set<String> regular(String object) {
    String s = object + "s";
    String es = object + "es";
    if (object.endsWith("y")) {
      return Set.of(s, without(object, 1) + "ies");
    }
    if (object.endsWith("fe")) {
      return Set.of(s, without(object, 2) + "ves");
    }
    if (object.endsWith("f")) {
      return Set.of(s, without(object, 1) + "ves");
    }
    if (object.endsWith("man")) {
      return Set.of(s, without(object, 2) + "en");
    }
    return Set.of(s, es);
  }

  private static String without(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
