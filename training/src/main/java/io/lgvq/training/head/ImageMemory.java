package io.lgvq.training.head;

import static io.lgvq.training.network.Parameter.Initial.FAN_IN;
import static io.lgvq.training.network.Parameter.Initial.NORMAL;
import static io.lgvq.training.network.Parameter.Initial.ONE;
import static io.lgvq.training.network.Parameter.Initial.ZERO;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;

/**
 * Codes to the vectors that text attends to: each 2 x 2 of codes becomes one place, then
 * convolutions let neighbours speak, then every place learns where it is.
 *
 * <p>Convolution first, because a plain transformer over codes learns several times more slowly.
 * The codebook's vectors come in frozen, so what the heads know of codes is what the tokenizer
 * taught them. Immutable.
 */
public final class ImageMemory {

  /** Groups of each group normalisation. */
  static final int GROUPS = 8;

  private final HeadSize size;
  private final String name;
  private final Parameter codebook;
  private final float scale;

  /**
   * @param name prefix of its parameters
   * @param codebook the tokenizer's vectors [K, d]
   * @param scale brings the vectors to about unit variance
   */
  public ImageMemory(HeadSize size, String name, Parameter codebook, float scale) {
    this.size = size;
    this.name = name;
    this.codebook = codebook;
    this.scale = scale;
  }

  /** Integer codes [B, n] to vectors [B, M, width]. */
  public <T> T apply(Ops<T> ops, T codes) {
    int rows = size.gridHeight() / 2;
    int columns = size.gridWidth() / 2;
    int d = size.dimension();
    int width = size.width();
    T x = ops.scale(ops.embed(codes, codebook), scale);
    x = ops.reshape(x, -1, rows, 2, columns, 2, d);
    x = ops.reshape(ops.transpose(x, 0, 1, 3, 2, 4, 5), -1, (long) rows * columns, 4L * d);
    x = linear(ops, x, "merge", 4 * d, width);
    x = ops.reshape(ops.transpose(x, 0, 2, 1), -1, width, rows, columns);
    x = convolution(ops, x, "stem");
    for (int block = 0; block < size.imageBlocks(); block++) {
      T inner = convolution(ops, activated(ops, x, block + ".first"), block + ".first");
      inner = convolution(ops, activated(ops, inner, block + ".second"), block + ".second");
      x = ops.add(x, inner);
    }
    x = ops.transpose(ops.reshape(x, -1, width, (long) rows * columns), 0, 2, 1);
    x = linear(ops, x, "out", width, width);
    x = ops.add(x, ops.parameter(of("positions", NORMAL, (long) rows * columns, width)));
    return ops.layerNorm(x, of("norm.gain", ONE, width), of("norm.bias", ZERO, width));
  }

  private <T> T activated(Ops<T> ops, T x, String at) {
    int width = size.width();
    return ops.silu(
        ops.groupNorm(
            x, GROUPS, of(at + ".norm.gain", ONE, width), of(at + ".norm.bias", ZERO, width)));
  }

  private <T> T convolution(Ops<T> ops, T x, String at) {
    int width = size.width();
    return ops.conv2d(
        x,
        of(at + ".convolution.weight", FAN_IN, width, width, 3, 3),
        of(at + ".convolution.bias", ZERO, width),
        1,
        1);
  }

  private <T> T linear(Ops<T> ops, T x, String at, int in, int out) {
    return ops.linear(x, of(at + ".weight", FAN_IN, out, in), of(at + ".bias", ZERO, out));
  }

  private Parameter of(String suffix, Parameter.Initial initial, long... shape) {
    return Parameter.of(name + "." + suffix, initial, shape);
  }
}
