package io.lgvq.training.corpus.scene;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks about a scene in the four ways of COCO-QA. Each question has just one right answer, one word
 * long; which ones are asked is weighted so that no answer is much more frequent than the others of
 * its type. Pure.
 */
final class Questions {

  private static final double[] NUMBER_WEIGHTS = {0, 0.18, 0.55, 0.75, 1};

  private Questions() {}

  /** Up to two object questions and one of each other type. */
  static List<QuestionAnswer> of(Scene scene, Draw draw) {
    List<QuestionAnswer> asked = new ArrayList<>();
    pick(objects(scene, draw), draw).ifPresent(asked::add);
    pick(objects(scene, draw), draw).filter(q -> isNew(q, asked)).ifPresent(asked::add);
    number(scene, draw).ifPresent(asked::add);
    pick(colours(scene, draw), draw).ifPresent(asked::add);
    List<QuestionAnswer> where = draw.chance(0.5) ? place(scene, draw) : sides(scene, draw);
    pick(where, draw).ifPresent(asked::add);
    return List.copyOf(asked);
  }

  private static boolean isNew(QuestionAnswer question, List<QuestionAnswer> asked) {
    return asked.stream().noneMatch(other -> other.answer().equals(question.answer()));
  }

  private static Optional<QuestionAnswer> pick(List<QuestionAnswer> questions, Draw draw) {
    return questions.isEmpty() ? Optional.empty() : Optional.of(draw.pick(questions));
  }

  private static List<QuestionAnswer> objects(Scene scene, Draw draw) {
    List<QuestionAnswer> questions = new ArrayList<>();
    List<Group> groups = scene.groups();
    if (groups.size() == 1) {
      String noun = groups.get(0).noun().word();
      String what =
          draw.pick("what is in the picture", "what is shown here", "which object is this");
      String which = draw.pick("which objects are these", "what are these objects");
      questions.add(object(groups.get(0).count() == 1 ? what : which, noun));
    }
    for (Group group : groups) {
      byRelation(scene, group, draw).ifPresent(questions::add);
      byColour(scene, group, draw).ifPresent(questions::add);
      bySide(scene, group, draw).ifPresent(questions::add);
    }
    return questions;
  }

  private static QuestionAnswer object(String question, String noun) {
    return new QuestionAnswer(question, noun, "object");
  }

  /** "what is left of the dog", if nothing else is. */
  private static Optional<QuestionAnswer> byRelation(Scene scene, Group group, Draw draw) {
    for (Group anchor : scene.groups()) {
      Optional<Relation> relation =
          anchor == group ? Optional.empty() : Relation.between(group, anchor);
      if (relation.isPresent() && alone(scene, group, anchor, relation.get())) {
        String question =
            "what %s %s the %s"
                .formatted(
                    Wording.verb(group),
                    Wording.relation(relation.get(), draw),
                    named(anchor, draw));
        return Optional.of(object(question, group.noun().word()));
      }
    }
    return Optional.empty();
  }

  private static boolean alone(Scene scene, Group group, Group anchor, Relation relation) {
    return scene.groups().stream()
        .filter(other -> other != group && other != anchor)
        .noneMatch(other -> touches(other, anchor, relation));
  }

  /** Whether any figure could be said to be on that side of the anchor. */
  private static boolean touches(Group other, Group anchor, Relation relation) {
    for (Figure a : other.figures()) {
      for (Figure b : anchor.figures()) {
        double ahead =
            switch (relation) {
              case LEFT -> b.x() - a.x();
              case RIGHT -> a.x() - b.x();
              case ABOVE -> b.y() - a.y();
              case BELOW -> a.y() - b.y();
            };
        if (ahead > 0.08) {
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<QuestionAnswer> byColour(Scene scene, Group group, Draw draw) {
    boolean unique =
        group.tint().isPresent()
            && scene.groups().stream()
                .filter(other -> other != group)
                .map(Group::colour)
                .allMatch(other -> other.isPresent() && !other.equals(group.tint()));
    if (!unique || scene.groups().size() == 1) {
      return Optional.empty();
    }
    String colour = group.tint().orElseThrow().word();
    String question =
        group.count() == 1
            ? draw.pick("what is " + colour, "which object is " + colour)
            : draw.pick("what are " + colour, "which objects are " + colour);
    return Optional.of(object(question, group.noun().word()));
  }

  private static Optional<QuestionAnswer> bySide(Scene scene, Group group, Draw draw) {
    Optional<String> side = Sides.of(group);
    boolean alone =
        side.isPresent()
            && scene.groups().size() > 1
            && scene.groups().stream()
                .filter(other -> other != group)
                .flatMap(other -> other.figures().stream())
                .noneMatch(figure -> onSide(figure, side.get()));
    return alone
        ? Optional.of(object("what is " + Sides.phrase(side.get()), group.noun().word()))
        : Optional.empty();
  }

  private static boolean onSide(Figure figure, String side) {
    return switch (side) {
      case "left" -> figure.x() < 0.52;
      case "right" -> figure.x() > 0.48;
      case "top" -> figure.y() < 0.52;
      default -> figure.y() > 0.48;
    };
  }

  private static Optional<QuestionAnswer> number(Scene scene, Draw draw) {
    double[] weights =
        scene.groups().stream().mapToDouble(group -> NUMBER_WEIGHTS[group.count()]).toArray();
    Group group = scene.groups().get(draw.weighted(weights));
    if (!draw.chance(NUMBER_WEIGHTS[group.count()])) {
      return Optional.empty();
    }
    String plural = group.noun().plural();
    String question =
        draw.pick(
            "how many " + plural + " are there",
            "how many " + plural + " do you see",
            "how many " + plural + " are in the picture");
    return Optional.of(new QuestionAnswer(question, Wording.NUMBERS.get(group.count()), "number"));
  }

  private static List<QuestionAnswer> colours(Scene scene, Draw draw) {
    List<QuestionAnswer> questions = new ArrayList<>();
    for (Group group : scene.groups()) {
      // A banana's own yellow could be answered without looking: rarely asked.
      if (group.tint().isPresent() || group.colour().isPresent() && draw.chance(0.2)) {
        String question =
            draw.pick(
                "what color %s the %s".formatted(Wording.verb(group), group.form()),
                "what is the color of the " + group.form(),
                "which color %s the %s".formatted(Wording.verb(group), group.form()));
        questions.add(new QuestionAnswer(question, group.colour().orElseThrow().word(), "colour"));
      }
    }
    if (scene.backdrop() instanceof Backdrop.Wall wall && draw.chance(0.3)) {
      questions.add(
          new QuestionAnswer("what color is the background", wall.colour().word(), "colour"));
    }
    return questions;
  }

  private static List<QuestionAnswer> place(Scene scene, Draw draw) {
    if (!(scene.backdrop() instanceof Backdrop.View view)) {
      return List.of();
    }
    Group group = draw.pick(scene.groups());
    String question =
        draw.chance(0.5)
            ? "where %s the %s".formatted(Wording.verb(group), group.form())
            : "what place is this";
    return List.of(new QuestionAnswer(question, view.photo().place(), "location"));
  }

  private static List<QuestionAnswer> sides(Scene scene, Draw draw) {
    List<QuestionAnswer> questions = new ArrayList<>();
    for (Group group : scene.groups()) {
      Sides.of(group)
          .map(
              side ->
                  new QuestionAnswer(
                      "on which side of the picture is the " + group.form(), side, "location"))
          .ifPresent(questions::add);
      for (Group anchor : scene.groups()) {
        if (anchor != group) {
          Relation.between(group, anchor)
              .map(
                  relation ->
                      new QuestionAnswer(
                          "on which side of the %s %s the %s"
                              .formatted(
                                  named(anchor, draw), Wording.verb(group), named(group, draw)),
                          relation.word(),
                          "location"))
              .ifPresent(questions::add);
        }
      }
    }
    return questions;
  }

  private static String named(Group group, Draw draw) {
    return group.tint().isPresent() && draw.chance(0.3)
        ? group.tint().get().word() + " " + group.form()
        : group.form();
  }
}
