package io.lgvq.training.corpus.scene;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says a scene in sentences, all true, of different lengths and orders: first two that name
 * everything, then shorter ones. Pure.
 */
final class Captions {

  static final int LONGEST = 23;

  private static final int TRIES = 8;

  private Captions() {}

  /** Three to six different sentences, lower case, without punctuation. */
  static List<String> of(Scene scene, Draw draw) {
    Set<String> captions = new LinkedHashSet<>();
    captions.add(fitting(scene, true, draw));
    captions.add(fitting(scene, true, draw));
    captions.add(fitting(scene, true, draw));
    captions.add(fitting(scene, false, draw));
    captions.add(glance(scene, draw));
    captions.add(glance(scene, draw));
    return List.copyOf(captions);
  }

  private static String fitting(Scene scene, boolean placed, Draw draw) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String caption = whole(scene, placed, draw);
      if (caption.split(" ").length <= LONGEST) {
        return caption;
      }
    }
    return list(scene.groups(), draw) + " " + Wording.place(scene.backdrop(), draw);
  }

  private static String whole(Scene scene, boolean placed, Draw draw) {
    String place = placed ? " " + Wording.place(scene.backdrop(), draw) : "";
    Optional<Relation> relation =
        scene.groups().size() < 2
            ? Optional.empty()
            : Relation.between(scene.groups().get(0), scene.groups().get(1));
    if (relation.isPresent() && draw.chance(0.7)) {
      return related(scene.groups(), relation.get(), place, draw);
    }
    return listed(scene.groups(), place, draw);
  }

  private static String listed(List<Group> groups, String place, Draw draw) {
    List<Group> order = shuffled(groups, draw);
    String list = list(order, draw);
    String verb = Wording.verb(order.get(0));
    return switch (draw.below(6)) {
      case 0 -> "there " + verb + " " + list + place;
      case 1 -> "a picture of " + list + place;
      case 2 -> place.isEmpty() ? list : place.strip() + " there " + verb + " " + list;
      default -> list + place;
    };
  }

  private static String related(List<Group> groups, Relation relation, String place, Draw draw) {
    boolean turned = draw.chance(0.5);
    Group from = groups.get(turned ? 1 : 0);
    String subject = Wording.group(from, true, draw);
    String stands = Wording.relation(turned ? relation.opposite() : relation, draw);
    String object = Wording.group(groups.get(turned ? 0 : 1), true, draw);
    String rest =
        groups.size() == 2
            ? ""
            : " and also " + list(shuffled(groups.subList(2, groups.size()), draw), draw);
    String verb = Wording.verb(from);
    String tail = stands + " " + object + rest;
    return switch (draw.below(4)) {
      case 0 -> "there " + verb + " " + subject + " " + tail + place;
      case 1 -> subject + " " + verb + " " + tail + place;
      case 2 ->
          place.isEmpty()
              ? subject + " " + tail
              : place.strip() + " " + subject + " " + verb + " " + tail;
      default -> subject + " " + tail + place;
    };
  }

  private static String glance(Scene scene, Draw draw) {
    Group group = draw.pick(scene.groups());
    String seen = Wording.group(group, draw.chance(0.6), draw);
    Optional<String> side = Sides.of(group);
    return switch (draw.below(4)) {
      case 0 -> seen;
      case 1 -> side.map(word -> seen + " " + Sides.phrase(word)).orElse(seen);
      case 2 -> "a picture of " + seen;
      default -> seen + " " + Wording.place(scene.backdrop(), draw);
    };
  }

  private static String list(List<Group> groups, Draw draw) {
    return String.join(
        " and ", groups.stream().map(group -> Wording.group(group, true, draw)).toList());
  }

  private static List<Group> shuffled(List<Group> groups, Draw draw) {
    List<Group> order = new ArrayList<>(groups);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, draw.below(i + 1));
    }
    return order;
  }
}
