package io.lgvq.training.head;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.ResidualBlock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Codes to the vectors that text attends to: convolutions over single codes see what things are
 * made of, then each 2 x 2 becomes one place, further convolutions let neighbours speak, and every
 * place learns where it is.
 *
 * <p>Convolution first, because a plain transformer over codes learns several times more slowly.
 * The codebook's vectors come in frozen, so what the heads know of codes is what the tokenizer
 * taught them. Immutable.
 */
public final class ImageMemory {

  private final HeadSize size;
  private final Parameter codebook;
  private final float scale;
  private final Convolution stem;
  private final List<ResidualBlock> fine;
  private final Linear merge;
  private final List<ResidualBlock> coarse;
  private final GroupNorm seen;
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
    stem = Convolution.same(name + ".stem", size.dimension(), size.fineWidth(), 3);
    fine = blocks(name + ".fine", size.fineBlocks(), size.fineWidth());
    merge = Linear.of(name + ".merge", 4 * size.fineWidth(), width);
    coarse = blocks(name + ".block", size.imageBlocks(), width);
    seen = GroupNorm.of(name + ".seen", width);
    out = Linear.of(name + ".out", width, width);
    positions = Parameter.of(name + ".positions", Initial.NORMAL, size.memory(), width);
    norm = LayerNorm.of(name + ".norm", width);
  }

  private static List<ResidualBlock> blocks(String name, int count, int width) {
    return IntStream.range(0, count)
        .mapToObj(block -> ResidualBlock.of(name + block, width, width))
        .toList();
  }

  /** Integer codes [B, n] to vectors [B, M, width]. */
  public <T> T apply(Ops<T> ops, T codes) {
    int rows = size.gridHeight();
    int columns = size.gridWidth();
    T vectors = ops.scale(ops.embed(codes, codebook), scale);
    T x = ops.reshape(ops.transpose(vectors, 0, 2, 1), -1, size.dimension(), rows, columns);
    x = stem.apply(ops, x);
    for (ResidualBlock block : fine) {
      x = block.apply(ops, x);
    }
    x = merged(ops, x);
    for (ResidualBlock block : coarse) {
      x = block.apply(ops, x);
    }
    x = ops.silu(seen.apply(ops, x));
    x = ops.transpose(ops.reshape(x, -1, size.width(), size.memory()), 0, 2, 1);
    x = ops.add(out.apply(ops, x), ops.parameter(positions));
    return norm.apply(ops, x);
  }

  /** Each 2 x 2 becomes one: [B, fineWidth, h, w] to [B, width, h / 2, w / 2]. */
  private <T> T merged(Ops<T> ops, T x) {
    int rows = size.gridHeight() / 2;
    int columns = size.gridWidth() / 2;
    T squares = ops.reshape(x, -1, size.fineWidth(), rows, 2, columns, 2);
    squares = ops.transpose(squares, 0, 2, 4, 1, 3, 5);
    squares = ops.reshape(squares, -1, size.memory(), 4L * size.fineWidth());
    T places = merge.apply(ops, squares);
    return ops.reshape(ops.transpose(places, 0, 2, 1), -1, size.width(), rows, columns);
  }
}
