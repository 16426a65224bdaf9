package io.lgvq.training.corpus.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts objects where they do not hide each other and, mostly, where the first two groups stand in a
 * relation that can be named. Sizes are multiples of 1/32, so that few scaled versions of each
 * sprite are needed. Pure.
 */
final class Layout {

  private static final int TRIES = 300;
  private static final double OVERLAP = 0.05;
  private static final double[][] SIZES = {{0.45, 0.78}, {0.37, 0.5}, {0.32, 0.44}, {0.29, 0.4}};

  private Layout() {}

  /**
   * @param counts objects of each group, at most four in all
   * @return the figures of each group
   */
  static List<List<Figure>> place(List<Integer> counts, Draw draw) {
    int total = counts.stream().mapToInt(Integer::intValue).sum();
    double[] range = SIZES[total - 1];
    boolean related = counts.size() > 1 && draw.chance(counts.size() == 2 ? 0.85 : 0.6);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      // Late attempts draw smaller objects, which always find room.
      double largest = attempt < TRIES / 2 ? range[1] : range[0] + 0.03;
      var groups = attempt(counts, range[0], largest, draw);
      if (clear(groups) && (!related || related(groups))) {
        return groups;
      }
    }
    return grid(counts, range[0], draw);
  }

  private static List<List<Figure>> attempt(
      List<Integer> counts, double smallest, double largest, Draw draw) {
    List<List<Figure>> groups = new ArrayList<>();
    for (int count : counts) {
      double size = quantised(draw.between(smallest, largest));
      List<Figure> figures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        double margin = size / 2;
        figures.add(
            new Figure(
                draw.between(margin, 1 - margin),
                draw.between(margin, 1 - margin),
                size,
                draw.chance(0.5)));
      }
      groups.add(figures);
    }
    return groups;
  }

  private static boolean clear(List<List<Figure>> groups) {
    List<Figure> all = groups.stream().flatMap(List::stream).toList();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (all.get(i).overlap(all.get(j)) > OVERLAP) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean related(List<List<Figure>> groups) {
    return Relation.between(groups.get(0), groups.get(1)).isPresent();
  }

  private static List<List<Figure>> grid(List<Integer> counts, double smallest, Draw draw) {
    double size = quantised(smallest);
    List<List<Figure>> groups = new ArrayList<>();
    int cell = 0;
    for (int count : counts) {
      List<Figure> figures = new ArrayList<>();
      for (int i = 0; i < count; i++, cell++) {
        figures.add(
            new Figure(
                0.25 + 0.5 * (cell % 2), 0.25 + 0.5 * (cell / 2 % 2), size, draw.chance(0.5)));
      }
      groups.add(figures);
    }
    return groups;
  }

  private static double quantised(double size) {
    return Math.floor(size * 32 + 0.5) / 32;
  }
}
