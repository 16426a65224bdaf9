package io.lgvq.operators.image;

import java.util.Arrays;

/**
 * Scales pictures by area averaging: every output value is the mean of the source area that it
 * covers. Downwards that is free of aliasing; upwards it repeats pixels; at the same size it is
 * exact. Training and serving both scale here, so a model meets the pixels that it was trained on.
 *
 * <p>Pure functions in plain float arithmetic: the same result on every machine.
 */
public final class AreaAverage {

  private AreaAverage() {}

  /**
   * Scales a picture.
   *
   * @param width of the result in pixels
   * @param height of the result in pixels
   * @param fit what happens to another aspect
   */
  public static Pixels resize(Pixels source, int width, int height, Fit fit) {
    return resize(Rows.of(source), width, height, fit);
  }

  static Pixels resize(Rows source, int width, int height, Fit fit) {
    Region part = fit.part(source.width(), source.height(), width, height);
    Axis columns = new Axis(part.x(), part.width(), width);
    Axis rows = new Axis(part.y(), part.height(), height);
    return new Pixels(width, height, average(source, columns, rows));
  }

  private static byte[] average(Rows source, Axis columns, Axis rows) {
    byte[] result = new byte[3 * columns.size * rows.size];
    byte[] row = new byte[3 * source.width()];
    float[] narrow = new float[3 * columns.size];
    float[] sum = new float[3 * columns.size];
    int narrowed = -1;
    for (int y = 0; y < rows.size; y++) {
      Arrays.fill(sum, 0);
      for (int from = rows.first[y]; from <= rows.last[y]; from++) {
        if (from != narrowed) { // neighbouring outputs share the row on their border
          source.read(from, row);
          narrow(row, columns, narrow);
          narrowed = from;
        }
        float weight = rows.weight(y, from);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weight * narrow[i];
        }
      }
      for (int i = 0; i < sum.length; i++) {
        result[y * sum.length + i] = (byte) Math.min(255, (int) (sum[i] + 0.5f));
      }
    }
    return result;
  }

  private static void narrow(byte[] row, Axis columns, float[] narrow) {
    for (int x = 0; x < columns.size; x++) {
      int first = columns.first[x];
      int last = columns.last[x];
      float firstWeight = columns.weight(x, first);
      float lastWeight = last > first ? columns.weight(x, last) : 0;
      for (int channel = 0; channel < 3; channel++) {
        int inner = 0; // whole pixels weigh alike, so they are summed as they are
        for (int at = 3 * (first + 1) + channel; at < 3 * last; at += 3) {
          inner += row[at] & 0xff;
        }
        narrow[3 * x + channel] =
            firstWeight * (row[3 * first + channel] & 0xff)
                + columns.innerWeight * inner
                + lastWeight * (row[3 * last + channel] & 0xff);
      }
    }
  }

  /** Which source positions each output position covers, and with what share. */
  private static final class Axis {
    final int size;
    final int[] first;
    final int[] last;
    private final float[] firstWeight;
    private final float[] lastWeight;
    private final float innerWeight;

    Axis(int offset, int length, int size) {
      this.size = size;
      this.first = new int[size];
      this.last = new int[size];
      this.firstWeight = new float[size];
      this.lastWeight = new float[size];
      this.innerWeight = (float) size / length;
      for (int i = 0; i < size; i++) {
        // In units of 1 / size of a source position, so that borders are whole numbers.
        long begin = (long) i * length;
        long end = begin + length;
        first[i] = (int) (begin / size);
        last[i] = (int) ((end - 1) / size);
        firstWeight[i] = (float) (Math.min(end, (first[i] + 1L) * size) - begin) / length;
        lastWeight[i] = (float) (end - Math.max(begin, (long) last[i] * size)) / length;
        first[i] += offset;
        last[i] += offset;
      }
    }

    float weight(int position, int from) {
      if (from == first[position]) {
        return firstWeight[position];
      }
      return from == last[position] ? lastWeight[position] : innerWeight;
    }
  }
}
