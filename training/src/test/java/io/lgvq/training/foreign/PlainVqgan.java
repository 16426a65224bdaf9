package io.lgvq.training.foreign;

import io.lgvq.training.weights.Tensor;
import java.util.Map;

/**
 * A VQGAN in plain loops over double precision, after the description of the paper and of its usual
 * implementation: the judge of what is imported. Which layers there are it reads from the names
 * alone. Pictures and features are [channel][row][column].
 */
final class PlainVqgan {

  private static final int GROUPS = 32;
  private static final double EPSILON = 1e-6;

  private final Map<String, Tensor> tensors;

  PlainVqgan(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /** Features before the nearest code. */
  double[][][] encode(double[][][] pixels) {
    double[][][] x = convolve("encoder.conv_in", pixels);
    int last = 0;
    while (has("encoder.down." + (last + 1) + ".block.0.conv1")) {
      last++;
    }
    for (int level = 0; level <= last; level++) {
      x = level("encoder.down." + level, x);
      if (level < last) {
        x = halve("encoder.down." + level + ".downsample.conv", x);
      }
    }
    x = middle("encoder.mid", x);
    x = convolve("encoder.conv_out", swish(norm("encoder.norm_out", x)));
    return convolve("quant_conv", x);
  }

  /** The nearest code of each place, row by row. */
  int[] codes(double[][][] features) {
    int side = features[0].length;
    int[] codes = new int[side * side];
    for (int place = 0; place < codes.length; place++) {
      double least = Double.POSITIVE_INFINITY;
      for (int code = 0; code < codebook().shape().get(0); code++) {
        double distance = distance(features, place, code);
        if (distance < least) {
          least = distance;
          codes[place] = code;
        }
      }
    }
    return codes;
  }

  /** Mean squared difference between features and codes, over places and dimensions. */
  double error(double[][][] features, int[] codes) {
    double sum = 0;
    for (int place = 0; place < codes.length; place++) {
      sum += distance(features, place, codes[place]);
    }
    return sum / codes.length / features.length;
  }

  private double distance(double[][][] features, int place, int code) {
    int side = features[0].length;
    double distance = 0;
    for (int i = 0; i < features.length; i++) {
      double difference =
          features[i][place / side][place % side] - codebook().values()[code * features.length + i];
      distance += difference * difference;
    }
    return distance;
  }

  /** Normalised pixels of codes. */
  double[][][] decode(int[] codes, int side) {
    int dimension = codebook().shape().get(1).intValue();
    double[][][] x = new double[dimension][side][side];
    for (int place = 0; place < codes.length; place++) {
      for (int i = 0; i < dimension; i++) {
        x[i][place / side][place % side] = codebook().values()[codes[place] * dimension + i];
      }
    }
    x = middle("decoder.mid", convolve("decoder.conv_in", convolve("post_quant_conv", x)));
    int level = 0;
    while (has("decoder.up." + (level + 1) + ".block.0.conv1")) {
      level++;
    }
    for (; level >= 0; level--) {
      x = level("decoder.up." + level, x);
      if (level > 0) {
        x = convolve("decoder.up." + level + ".upsample.conv", doubled(x));
      }
    }
    return convolve("decoder.conv_out", swish(norm("decoder.norm_out", x)));
  }

  private double[][][] level(String name, double[][][] x) {
    double[][][] y = x;
    for (int i = 0; has(name + ".block." + i + ".conv1"); i++) {
      y = block(name + ".block." + i, y);
      if (has(name + ".attn." + i + ".q")) {
        y = attend(name + ".attn." + i, y);
      }
    }
    return y;
  }

  private double[][][] middle(String name, double[][][] x) {
    return block(name + ".block_2", attend(name + ".attn_1", block(name + ".block_1", x)));
  }

  private double[][][] block(String name, double[][][] x) {
    double[][][] y = convolve(name + ".conv1", swish(norm(name + ".norm1", x)));
    y = convolve(name + ".conv2", swish(norm(name + ".norm2", y)));
    for (String shortcut : new String[] {".nin_shortcut", ".conv_shortcut"}) {
      if (has(name + shortcut)) {
        return sum(convolve(name + shortcut, x), y);
      }
    }
    return sum(x, y);
  }

  private double[][][] attend(String name, double[][][] x) {
    double[][][] normed = norm(name + ".norm", x);
    double[][][] q = convolve(name + ".q", normed);
    double[][][] k = convolve(name + ".k", normed);
    double[][][] v = convolve(name + ".v", normed);
    int side = x[0].length;
    double[][][] mixed = new double[x.length][side][side];
    for (int i = 0; i < side * side; i++) {
      double[] weights = new double[side * side];
      double total = 0;
      for (int j = 0; j < weights.length; j++) {
        double dot = 0;
        for (int c = 0; c < x.length; c++) {
          dot += q[c][i / side][i % side] * k[c][j / side][j % side];
        }
        weights[j] = Math.exp(dot / Math.sqrt(x.length));
        total += weights[j];
      }
      for (int c = 0; c < x.length; c++) {
        for (int j = 0; j < weights.length; j++) {
          mixed[c][i / side][i % side] += weights[j] / total * v[c][j / side][j % side];
        }
      }
    }
    return sum(x, convolve(name + ".proj_out", mixed));
  }

  /** Keeps height and width; beyond the border there are zeros. */
  private double[][][] convolve(String name, double[][][] x) {
    int kernel = values(name + ".weight").shape().get(2).intValue();
    return convolve(name, x, 1, kernel / 2, x[0].length);
  }

  /**
   * Stride 2 from the first row and column on, so the last window reaches one beyond the border.
   */
  private double[][][] halve(String name, double[][][] x) {
    return convolve(name, x, 2, 0, x[0].length / 2);
  }

  private double[][][] convolve(String name, double[][][] x, int stride, int before, int side) {
    Tensor weight = values(name + ".weight");
    float[] bias = values(name + ".bias").values();
    int kernel = weight.shape().get(2).intValue();
    double[][][] y = new double[bias.length][side][side];
    for (int o = 0; o < bias.length; o++) {
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          double sum = bias[o];
          for (int i = 0; i < x.length; i++) {
            for (int ky = 0; ky < kernel; ky++) {
              int r = row * stride + ky - before;
              if (r < 0 || r >= x[0].length) {
                continue;
              }
              for (int kx = 0; kx < kernel; kx++) {
                int c = column * stride + kx - before;
                if (c >= 0 && c < x[0].length) {
                  int at = ((o * x.length + i) * kernel + ky) * kernel + kx;
                  sum += weight.values()[at] * x[i][r][c];
                }
              }
            }
          }
          y[o][row][column] = sum;
        }
      }
    }
    return y;
  }

  private double[][][] norm(String name, double[][][] x) {
    float[] gain = values(name + ".weight").values();
    float[] bias = values(name + ".bias").values();
    int size = x.length / GROUPS;
    int side = x[0].length;
    double[][][] y = new double[x.length][side][side];
    for (int from = 0; from < x.length; from += size) {
      double mean = 0;
      double variance = 0;
      double count = size * side * side;
      for (int c = from; c < from + size; c++) {
        for (double[] row : x[c]) {
          for (double value : row) {
            mean += value / count;
          }
        }
      }
      for (int c = from; c < from + size; c++) {
        for (double[] row : x[c]) {
          for (double value : row) {
            variance += (value - mean) * (value - mean) / count;
          }
        }
      }
      for (int c = from; c < from + size; c++) {
        for (int i = 0; i < side * side; i++) {
          double centred = x[c][i / side][i % side] - mean;
          y[c][i / side][i % side] = centred / Math.sqrt(variance + EPSILON) * gain[c] + bias[c];
        }
      }
    }
    return y;
  }

  private static double[][][] swish(double[][][] x) {
    double[][][] y = new double[x.length][x[0].length][x[0].length];
    for (int c = 0; c < x.length; c++) {
      for (int row = 0; row < y[c].length; row++) {
        for (int column = 0; column < y[c].length; column++) {
          double value = x[c][row][column];
          y[c][row][column] = value / (1 + Math.exp(-value));
        }
      }
    }
    return y;
  }

  private static double[][][] sum(double[][][] a, double[][][] b) {
    double[][][] y = new double[a.length][a[0].length][a[0].length];
    for (int c = 0; c < a.length; c++) {
      for (int row = 0; row < y[c].length; row++) {
        for (int column = 0; column < y[c].length; column++) {
          y[c][row][column] = a[c][row][column] + b[c][row][column];
        }
      }
    }
    return y;
  }

  private static double[][][] doubled(double[][][] x) {
    int side = 2 * x[0].length;
    double[][][] y = new double[x.length][side][side];
    for (int c = 0; c < x.length; c++) {
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          y[c][row][column] = x[c][row / 2][column / 2];
        }
      }
    }
    return y;
  }

  private Tensor codebook() {
    return values("quantize.embedding.weight");
  }

  private boolean has(String layer) {
    return tensors.containsKey(layer + ".weight");
  }

  private Tensor values(String name) {
    return tensors.get(name);
  }
}
