package io.lgvq.training.corpus.scene;

import java.util.List;
import java.util.Map;

/** Small phrases that captions and questions are put together from. */
final class Wording {

  static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four");

  private static final Map<String, List<String>> PLACES =
      Map.ofEntries(
          Map.entry("beach", List.of("at the beach", "on the beach", "on a beach")),
          Map.entry("canyon", List.of("in a canyon", "in the canyon")),
          Map.entry("city", List.of("in the city", "in a city")),
          Map.entry("desert", List.of("in the desert", "in a desert")),
          Map.entry("fog", List.of("in the fog", "in fog")),
          Map.entry("lake", List.of("by the lake", "at a lake", "by a lake")),
          Map.entry("mountain", List.of("on the mountain", "on a mountain")),
          Map.entry("sea", List.of("by the sea", "at the sea")),
          Map.entry("sky", List.of("in the sky", "up in the sky")),
          Map.entry("snow", List.of("in the snow", "in snow")),
          Map.entry("station", List.of("in a station", "in the station")),
          Map.entry("valley", List.of("in a valley", "in the valley")));

  private static final Map<Relation, List<String>> RELATIONS =
      Map.of(
          Relation.LEFT, List.of("to the left of", "left of", "on the left of"),
          Relation.RIGHT, List.of("to the right of", "right of", "on the right of"),
          Relation.ABOVE, List.of("above", "over"),
          Relation.BELOW, List.of("below", "under"));

  private Wording() {}

  /** "a" or "an". */
  static String article(String word) {
    boolean vowel = "aeiou".indexOf(word.charAt(0)) >= 0 && !word.startsWith("uni");
    return vowel ? "an" : "a";
  }

  /** With its article: "an orange dog". */
  static String one(String phrase) {
    return article(phrase) + " " + phrase;
  }

  static String relation(Relation relation, Draw draw) {
    return draw.pick(RELATIONS.get(relation));
  }

  /** Where everything is: "at the beach", "on a blue background". */
  static String place(Backdrop backdrop, Draw draw) {
    if (backdrop instanceof Backdrop.View view) {
      return draw.pick(PLACES.get(view.photo().place()));
    }
    Backdrop.Wall wall = (Backdrop.Wall) backdrop;
    String described = one(pattern(wall.texture(), draw) + wall.colour().word());
    return switch (draw.below(4)) {
      case 0 -> "in front of " + described + " wall";
      case 1 -> "against " + described + " background";
      default -> "on " + described + " background";
    };
  }

  private static String pattern(Backdrop.Texture texture, Draw draw) {
    boolean named = draw.chance(0.5);
    return switch (texture) {
      case STRIPED -> named ? "striped " : "";
      case CHECKED -> named ? "checked " : "";
      case PLAIN, SHADED, SPECKLED -> "";
    };
  }

  /** "a dog", "two blue dogs". */
  static String group(Group group, boolean coloured, Draw draw) {
    // A tint surprises and is named; a banana's yellow goes without saying, mostly.
    boolean named = coloured && (group.tint().isPresent() || draw.chance(0.2));
    String colour = named ? group.colour().map(c -> c.word() + " ").orElse("") : "";
    String noun = colour + group.form();
    return group.count() == 1 ? one(noun) : NUMBERS.get(group.count()) + " " + noun;
  }

  /** "is" or "are". */
  static String verb(Group group) {
    return group.count() == 1 ? "is" : "are";
  }
}
