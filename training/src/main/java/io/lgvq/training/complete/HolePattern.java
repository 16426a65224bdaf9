package io.lgvq.training.complete;

import java.util.random.RandomGenerator;

/**
 * Draws which codes of an image are hidden while the network learns: in half of the images places
 * all over, in the other half places of a rectangle. The share of them is the cosine of an even
 * draw, so that often nearly all are hidden, as when the filling of a hole begins, and sometimes
 * few, as when it ends.
 *
 * @param rows of the grid
 * @param columns of the grid
 */
record HolePattern(int rows, int columns) {

  /** Which places are hidden, row-major; one at least. */
  boolean[] draw(RandomGenerator random) {
    boolean everywhere = random.nextBoolean();
    int height = everywhere ? rows : 1 + random.nextInt(rows);
    int width = everywhere ? columns : 1 + random.nextInt(columns);
    int top = random.nextInt(rows - height + 1);
    int left = random.nextInt(columns - width + 1);
    int inside = height * width;
    int wanted =
        Math.max(1, (int) Math.round(inside * Math.cos(Math.PI / 2 * random.nextDouble())));
    boolean[] hidden = new boolean[rows * columns];
    for (int i = 0; i < inside; i++) {
      // Each place in turn with the probability that leaves the wanted number in the end.
      if (random.nextInt(inside - i) < wanted) {
        hidden[(top + i / width) * columns + left + i % width] = true;
        wanted--;
      }
    }
    return hidden;
  }
}
