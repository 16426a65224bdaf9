package io.lgvq.training.network;

import io.lgvq.training.network.Parameter.Initial;

/**
 * Where each place of a grid is: a learned vector of its row and one of its column, added.
 * Immutable.
 *
 * @param rows [h, 1, width]
 * @param columns [1, w, width]
 */
public record GridPlaces(Parameter rows, Parameter columns) {

  /** Those of a grid of h x w, whose parameters are {@code name.rows} and {@code name.columns}. */
  public static GridPlaces of(String name, int height, int width, int channels) {
    return new GridPlaces(
        Parameter.of(name + ".rows", Initial.NORMAL, height, 1, channels),
        Parameter.of(name + ".columns", Initial.NORMAL, 1, width, channels));
  }

  /** One vector a place, in row-major order [h w, width]. */
  public <T> T apply(Ops<T> ops) {
    T grid = ops.add(ops.parameter(rows), ops.parameter(columns));
    long places = rows.shape().get(0) * columns.shape().get(1);
    return ops.reshape(grid, places, columns.shape().get(2));
  }
}
