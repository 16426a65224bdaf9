package io.lgvq.training.corpus.scene;

/** Paints coloured backgrounds with their patterns, in shades that keep the colour's name true. */
final class Walls {

  private static final double DEPTH = 0.12;

  private Walls() {}

  static void paint(Backdrop.Wall wall, int[] canvas, int side) {
    var draw = new Draw(wall.seed());
    boolean across = draw.chance(0.5);
    int cells = 4 + draw.below(5);
    for (int y = 0; y < side; y++) {
      double v = (y + 0.5) / side;
      for (int x = 0; x < side; x++) {
        double u = (x + 0.5) / side;
        canvas[y * side + x] = shaded(wall.rgb(), shade(wall, across, cells, u, v));
      }
    }
  }

  /** Between -1 (dark) and 1 (light). */
  private static double shade(Backdrop.Wall wall, boolean across, int cells, double u, double v) {
    int column = (int) (u * cells);
    int row = (int) (v * cells);
    return switch (wall.texture()) {
      case PLAIN -> 0;
      case SHADED -> 2 * (across ? u : v) - 1;
      case STRIPED -> (across ? column : row) % 2 == 0 ? 1 : -1;
      case CHECKED -> (column + row) % 2 == 0 ? 1 : -1;
      case SPECKLED -> {
        long cell = (long) (u * 24) * 24 + (long) (v * 24);
        yield (Draw.mix(wall.seed() + cell * 0x9E3779B97F4A7C15L) >>> 40) * 0x1.0p-23 - 1;
      }
    };
  }

  private static int shaded(int rgb, double shade) {
    int out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double value = rgb >> shift & 255;
      double moved =
          shade < 0 ? value * (1 + DEPTH * shade) : value + (255 - value) * DEPTH * 0.7 * shade;
      out |= (int) (moved + 0.5) << shift;
    }
    return out;
  }
}
