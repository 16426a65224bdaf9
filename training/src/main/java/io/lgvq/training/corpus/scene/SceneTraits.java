package io.lgvq.training.corpus.scene;

import io.lgvq.training.corpus.Traits;
import java.util.List;
import java.util.Map;

/**
 * What a scene knows of itself: {@code place} of the whole; {@code colour}, {@code hand} and {@code
 * size} of each group of equal objects. Pure.
 */
final class SceneTraits {

  private static final double MEDIUM = 0.375;
  private static final double LARGE = 0.5;

  private SceneTraits() {}

  static Traits of(Scene scene) {
    List<Map<String, String>> objects =
        scene.groups().stream()
            .map(
                group ->
                    Map.of(
                        "colour", group.colour().map(Colour::word).orElse("no one colour"),
                        "hand", group.hand().word(),
                        "size", size(group)))
            .toList();
    return new Traits(Map.of("place", place(scene.backdrop())), objects);
  }

  /** The word for where a photograph was taken, or "red wall". */
  private static String place(Backdrop backdrop) {
    return backdrop instanceof Backdrop.View view
        ? view.photo().place()
        : ((Backdrop.Wall) backdrop).colour().word() + " wall";
  }

  /** Equal objects of a scene are equally large. */
  private static String size(Group group) {
    double size = group.figures().get(0).size();
    if (size < MEDIUM) {
      return "below 3/8 of the side";
    }
    return size < LARGE ? "3/8 to 1/2 of the side" : "1/2 of the side or more";
  }
}
