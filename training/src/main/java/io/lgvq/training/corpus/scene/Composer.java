package io.lgvq.training.corpus.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws scenes: which objects, how many, in whose hand, in what colour, before what. Pure, given
 * its art. Safe for several threads.
 */
final class Composer {

  /** Objects of each group, and how often such a scene is drawn. */
  private static final List<List<Integer>> SHAPES =
      List.of(
          List.of(1),
          List.of(2),
          List.of(3),
          List.of(4),
          List.of(1, 1),
          List.of(2, 1),
          List.of(3, 1),
          List.of(2, 2),
          List.of(1, 1, 1),
          List.of(2, 1, 1),
          List.of(1, 1, 1, 1));

  private static final double[] SHAPE_WEIGHTS = {12, 5, 7, 10, 30, 8, 8, 5, 10, 4, 3};
  private static final int FIRST_PAIR = 4;
  private static final int TRIES = 24;
  private static final int CONTRAST = 70;

  private final List<Noun> nouns;
  private final List<Photo> photos;
  private final Sprites sprites;

  Composer(List<Noun> nouns, List<Photo> photos, Sprites sprites) {
    this.nouns = nouns;
    this.photos = photos;
    this.sprites = sprites;
  }

  /** Draws one scene of a slice. */
  Scene scene(Slice slice, Draw draw) {
    List<Integer> shape = shape(slice, draw);
    List<Noun> chosen = nouns(slice, shape.size(), draw);
    List<List<Figure>> places = Layout.place(shape, draw);
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      groups.add(group(slice, chosen.get(i), places.get(i), draw));
    }
    List<Double> light = light(draw);
    return new Scene(backdrop(slice, groups, draw), List.copyOf(groups), light);
  }

  private static List<Integer> shape(Slice slice, Draw draw) {
    double[] weights = SHAPE_WEIGHTS.clone();
    if (slice == Slice.NEW_COMPOSITIONS) {
      java.util.Arrays.fill(weights, 0, FIRST_PAIR, 0);
    }
    List<Integer> shape = new ArrayList<>(SHAPES.get(draw.weighted(weights)));
    if (shape.size() == 2 && draw.chance(0.5)) {
      java.util.Collections.reverse(shape);
    }
    return shape;
  }

  private List<Noun> nouns(Slice slice, int count, Draw draw) {
    while (true) {
      List<Noun> chosen = new ArrayList<>();
      while (chosen.size() < count) {
        Noun noun = draw.pick(nouns);
        if (slice.shows(noun) && !chosen.contains(noun)) {
          chosen.add(noun);
        }
      }
      if (slice.allows(chosen)) {
        return chosen;
      }
    }
  }

  private Group group(Slice slice, Noun noun, List<Figure> figures, Draw draw) {
    List<Hand> hands = slice.hands().stream().filter(hand -> sprites.has(hand, noun)).toList();
    Hand hand = draw.pick(hands);
    boolean tinted = draw.chance(0.5);
    Colour tint = draw.pick(Colour.TINTS);
    return new Group(noun, hand, tinted ? Optional.of(tint) : Optional.empty(), figures);
  }

  private static List<Double> light(Draw draw) {
    double brightness = draw.between(0.9, 1.08);
    return List.of(
        brightness * draw.between(0.96, 1.04),
        brightness * draw.between(0.96, 1.04),
        brightness * draw.between(0.96, 1.04));
  }

  private Backdrop backdrop(Slice slice, List<Group> groups, Draw draw) {
    if (!draw.chance(slice.photographs())) {
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Backdrop.Wall wall = wall(draw);
        if (groups.stream().allMatch(group -> standsOut(group, wall))) {
          return wall;
        }
      }
    }
    return view(slice, draw);
  }

  /**
   * The place is drawn first, so that each is as frequent as any, however many photographs it has.
   */
  private Backdrop view(Slice slice, Draw draw) {
    List<String> places = photos.stream().map(Photo::place).distinct().toList();
    String chosen = draw.pick(places);
    List<Photo> candidates =
        photos.stream().filter(slice::shows).filter(p -> p.place().equals(chosen)).toList();
    return new Backdrop.View(
        draw.pick(candidates), draw.below(3), draw.unit(), draw.unit(), draw.chance(0.5));
  }

  private static Backdrop.Wall wall(Draw draw) {
    Colour colour = draw.pick(Colour.ALL);
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int channel = (colour.rgb() >> shift & 255) + draw.below(25) - 12;
      rgb |= Math.max(0, Math.min(255, channel)) << shift;
    }
    return new Backdrop.Wall(colour, rgb, draw.pick(Backdrop.Texture.values()), draw.next());
  }

  /** A yellow chick cannot be seen on yellow. */
  private boolean standsOut(Group group, Backdrop.Wall wall) {
    int seen =
        group.tint().map(Colour::rgb).orElseGet(() -> sprites.mean(group.hand(), group.noun()));
    return !group.colour().equals(Optional.of(wall.colour()))
        && Colour.distance(seen, wall.rgb()) >= CONTRAST;
  }
}
