package io.lgvq.training.head;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.ResidualBlock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Codes to the vectors that text attends to: each 2 x 2 of codes becomes one place, then
 * convolutions let neighbours speak, then every place learns where it is.
 *
 * <p>Convolution first, because a plain transformer over codes learns several times more slowly.
 * The codebook's vectors come in frozen, so what the heads know of codes is what the tokenizer
 * taught them. Immutable.
 */
public final class ImageMemory {

  private final HeadSize size;
  private final Parameter codebook;
  private final float scale;
  private final Linear merge;
  private final Convolution stem;
  private final List<ResidualBlock> blocks;
  private final Linear out;
  private final Parameter positions;
  private final LayerNorm norm;

  /**
   * @param name prefix of its parameters
   * @param codebook the tokenizer's vectors [K, d]
   * @param scale brings the vectors to about unit variance
   */
  public ImageMemory(HeadSize size, String name, Parameter codebook, float scale) {
    this.size = size;
    this.codebook = codebook;
    this.scale = scale;
    int width = size.width();
    merge = Linear.of(name + ".merge", 4 * size.dimension(), width);
    stem = Convolution.same(name + ".stem", width, width, 3);
    blocks =
        IntStream.range(0, size.imageBlocks())
            .mapToObj(block -> ResidualBlock.of(name + ".block" + block, width, width))
            .toList();
    out = Linear.of(name + ".out", width, width);
    positions = Parameter.of(name + ".positions", Initial.NORMAL, size.memory(), width);
    norm = LayerNorm.of(name + ".norm", width);
  }

  /** Integer codes [B, n] to vectors [B, M, width]. */
  public <T> T apply(Ops<T> ops, T codes) {
    int rows = size.gridHeight() / 2;
    int columns = size.gridWidth() / 2;
    int width = size.width();
    T x = ops.scale(ops.embed(codes, codebook), scale);
    x = ops.reshape(x, -1, rows, 2, columns, 2, size.dimension());
    x = ops.transpose(x, 0, 1, 3, 2, 4, 5);
    x = merge.apply(ops, ops.reshape(x, -1, size.memory(), 4L * size.dimension()));
    x = ops.reshape(ops.transpose(x, 0, 2, 1), -1, width, rows, columns);
    x = stem.apply(ops, x);
    for (ResidualBlock block : blocks) {
      x = block.apply(ops, x);
    }
    x = ops.transpose(ops.reshape(x, -1, width, size.memory()), 0, 2, 1);
    x = ops.add(out.apply(ops, x), ops.parameter(positions));
    return norm.apply(ops, x);
  }
}
