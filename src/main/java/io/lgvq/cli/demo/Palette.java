package io.lgvq.cli.demo;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A colour for each code, such that codes with similar vectors have similar colours: the three main
 * directions of the codebook, spread evenly by rank, become lightness and the two colour axes of
 * OKLab.
 */
final class Palette {
  private static final int ITERATIONS = 60;

  private Palette() {}

  /**
   * Colours of a codebook.
   *
   * @param vectors K x d
   * @return K colours as {@code #rrggbb}
   */
  static String[] of(float[][] vectors) {
    double[][] centred = centred(vectors);
    double[][] ranks = new double[3][];
    for (int axis = 0; axis < ranks.length; axis++) {
      double[] direction = mainDirection(centred, new Random(axis));
      double[] values = Arrays.stream(centred).mapToDouble(row -> dot(row, direction)).toArray();
      for (int i = 0; i < centred.length; i++) {
        for (int j = 0; j < direction.length; j++) {
          centred[i][j] -= values[i] * direction[j];
        }
      }
      ranks[axis] = ranks(values);
    }
    return IntStream.range(0, vectors.length)
        .mapToObj(
            code ->
                okLab(
                    0.42 + 0.46 * ranks[0][code],
                    0.30 * (ranks[1][code] - 0.5),
                    0.34 * (ranks[2][code] - 0.5)))
        .toArray(String[]::new);
  }

  private static double[][] centred(float[][] vectors) {
    int dimension = vectors[0].length;
    double[] mean = new double[dimension];
    for (float[] vector : vectors) {
      for (int j = 0; j < dimension; j++) {
        mean[j] += vector[j] / vectors.length;
      }
    }
    double[][] centred = new double[vectors.length][dimension];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < dimension; j++) {
        centred[i][j] = vectors[i][j] - mean[j];
      }
    }
    return centred;
  }

  /** Power iteration on the covariance, without ever writing the covariance down. */
  private static double[] mainDirection(double[][] rows, Random random) {
    double[] direction = random.doubles(rows[0].length, -1, 1).toArray();
    for (int step = 0; step < ITERATIONS; step++) {
      double[] next = new double[direction.length];
      for (double[] row : rows) {
        double along = dot(row, direction);
        for (int j = 0; j < next.length; j++) {
          next[j] += along * row[j];
        }
      }
      double norm = Math.sqrt(dot(next, next));
      if (norm < 1e-12) {
        return direction; // no spread is left: any direction is as good
      }
      for (int j = 0; j < next.length; j++) {
        next[j] /= norm;
      }
      direction = next;
    }
    return direction;
  }

  private static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = (rank + 0.5) / order.length;
    }
    return ranks;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** OKLab (Ottosson 2020) to sRGB, clipped. */
  private static String okLab(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static int channel(double linear) {
    double clipped = Math.min(1, Math.max(0, linear));
    double gamma =
        clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * gamma);
  }
}
