package io.lgvq.training.paint;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;

/**
 * What each place of a grid sees of the codes before it at first glance: the one before it in
 * row-major order, and those above left, above, and above right. Where there is none, a learned
 * vector stands for the border. The place's own code is not among them, nor any later one.
 *
 * <p>Attention could find these as well, but has to learn how; most of what a code depends on lies
 * here. A code is its frozen vector beside a learned one. Immutable.
 */
final class CodeNeighbours {

  private final PaintSize size;
  private final Parameter codebook;
  private final float scale;
  private final Parameter learned;
  private final Parameter border;

  /**
   * @param codebook the tokenizer's vectors [K, d]
   * @param scale brings them to about unit variance
   */
  CodeNeighbours(PaintSize size, Parameter codebook, float scale) {
    this.size = size;
    this.codebook = codebook;
    this.scale = scale;
    learned = Parameter.of("paint.codes", Initial.NORMAL, size.codes(), size.width() / 4);
    border = Parameter.of("paint.border", Initial.NORMAL, channels());
  }

  private int channels() {
    return size.dimension() + size.width() / 4;
  }

  /** Length of the vector of a place: four codes. */
  int width() {
    return 4 * channels();
  }

  /** Codes [B, n] to vectors [B, n, {@link #width}]. */
  <T> T apply(Ops<T> ops, T codes) {
    int columns = size.gridWidth();
    T own = ops.concat(2, ops.scale(ops.embed(codes, codebook), scale), ops.embed(codes, learned));
    T above = later(ops, own, columns);
    T rows = ops.reshape(above, -1, size.gridHeight(), columns, channels());
    T edge = border(ops, ops.slice(rows, 2, 0, 1));
    T aboveLeft = ops.concat(2, edge, ops.slice(rows, 2, 0, columns - 1));
    T aboveRight = ops.concat(2, ops.slice(rows, 2, 1, columns), edge);
    T beside = ops.concat(2, flat(ops, aboveLeft), flat(ops, aboveRight));
    return ops.concat(2, ops.concat(2, later(ops, own, 1), above), beside);
  }

  /** Every vector so many places later; the first places find the border. */
  private <T> T later(Ops<T> ops, T vectors, int by) {
    T first = border(ops, ops.slice(vectors, 1, 0, by));
    return ops.concat(1, first, ops.slice(vectors, 1, 0, size.places() - by));
  }

  /** The border in the shape of something else. */
  private <T> T border(Ops<T> ops, T like) {
    return ops.add(ops.scale(like, 0), ops.parameter(border));
  }

  private <T> T flat(Ops<T> ops, T rows) {
    return ops.reshape(rows, -1, size.places(), channels());
  }
}
