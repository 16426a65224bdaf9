package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.ResidualBlock;
import io.lgvq.training.network.TransformerLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * LG-VQ, eq. 4: a small transformer over a class token and the code vectors, whose outputs live in
 * the text's space. Squares of codes may be merged and convolutions over the grid may come first.
 * Immutable.
 */
public final class VisualTokenEncoder {

  private static final float LEAST = 1e-12f;

  private final int rows;
  private final int columns;
  private final int dimension;
  private final int merge;
  private final int width;
  private final Convolution in;
  private final Optional<Linear> local;
  private final List<ResidualBlock> blocks;
  private final Parameter first;
  private final Parameter positions;
  private final List<TransformerLayer> layers;
  private final LayerNorm norm;
  private final Linear out;

  /**
   * What the encoder sees in an image.
   *
   * @param whole z_CLS, [B, textWidth]
   * @param codes Zvt before its last linear map, [B, n, width]; see {@link #tokens}
   * @param hidden the same of the merged places, [B, n / merge^2, width]. Attention over Zvt begins
   *     with a linear map of its own, and two linear maps are one; so attention takes this narrower
   *     form
   */
  public record Seen<T>(T whole, T codes, T hidden) {}

  /**
   * @param rows h of the grid
   * @param columns w of the grid; n is h times w
   * @param dimension d of a code
   * @param textWidth d_t
   */
  public VisualTokenEncoder(
      AlignmentSettings.Visual size, int rows, int columns, int dimension, int textWidth) {
    this.dimension = dimension;
    merge = size.merge();
    this.rows = rows / merge;
    this.columns = columns / merge;
    if (this.rows * merge != rows || this.columns * merge != columns) {
      throw new IllegalArgumentException(
          "the visual token encoder merges squares of %d codes a side, but the grid is %d x %d"
              .formatted(merge, rows, columns));
    }
    width = size.width();
    in = Convolution.of("language.visual.in", dimension, width, merge, merge, 0);
    local =
        merge == 1
            ? Optional.empty()
            : Optional.of(Linear.of("language.visual.local", dimension, width));
    blocks =
        IntStream.range(0, size.blocks())
            .mapToObj(i -> ResidualBlock.of("language.visual.block" + i, width, width))
            .toList();
    first = Parameter.of("language.visual.class", Initial.NORMAL, 1, 1, width);
    positions = Parameter.of("language.visual.positions", Initial.NORMAL, 1, merged(), width);
    layers =
        IntStream.range(0, size.layers())
            .mapToObj(
                i ->
                    TransformerLayer.encoder(
                        "language.visual.layer" + i, width, size.heads(), 4 * width))
            .toList();
    norm = LayerNorm.of("language.visual.norm", width);
    out = Linear.of("language.visual.out", width, textWidth);
  }

  /** Width of {@link Seen#hidden}. */
  public int width() {
    return width;
  }

  /** n, codes an image. */
  public int places() {
    return merged() * merge * merge;
  }

  /** Places of {@link Seen#hidden}. */
  public int merged() {
    return rows * columns;
  }

  /** Looks at code vectors [B, n, d]. */
  public <T> Seen<T> apply(Ops<T> ops, T vectors) {
    T codes = ops.add(convolved(ops, vectors), ops.parameter(positions));
    T none = ops.scale(ops.slice(codes, 1, 0, 1), 0);
    T x = ops.concat(1, ops.add(none, ops.parameter(first)), codes);
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, merged() + 1, Optional.empty());
    }
    T whole = ops.mean(out.apply(ops, norm.apply(ops, ops.slice(x, 1, 0, 1))), 1);
    T merged = ops.slice(x, 1, 1, merged() + 1);
    T hidden = norm.apply(ops, merged);
    T all = local.map(own -> norm.apply(ops, parted(ops, merged, own, vectors))).orElse(hidden);
    return new Seen<>(whole, all, hidden);
  }

  /** Zvt, [B, n, textWidth]. */
  public <T> T tokens(Ops<T> ops, Seen<T> seen) {
    return out.apply(ops, seen.codes());
  }

  /**
   * How like words all tokens are: cosines, without making the tokens, which are several times as
   * wide as what they are made of. With {@code token = A h + b}, its product with a word is {@code
   * (A^T word) h + b word}, and its squared length {@code h (A^T A) h + 2 (A^T b) h + b b}.
   *
   * @param seen of the images
   * @param units words of length 1, [B, C, textWidth]
   * @return [B, C, n]
   */
  public NDArray likeness(ArrayOps ops, Seen<NDArray> seen, NDArray units) {
    NDArray map = ops.parameter(out.weight());
    NDArray offset = ops.parameter(out.bias()).reshape(-1, 1);
    NDArray h = seen.codes();
    NDArray products = units.matMul(map).matMul(h.transpose(0, 2, 1)).add(units.matMul(offset));
    NDArray transposed = map.transpose(1, 0);
    NDArray squares =
        h.matMul(transposed.matMul(map))
            .add(ArrayOps.times(transposed.matMul(offset).reshape(1, 1, -1), 2))
            .mul(h)
            .sum(new int[] {2})
            .add(offset.square().sum());
    return products.div(squares.maximum(ops.scope().create(LEAST)).sqrt().expandDims(1));
  }

  /** Every code sees what its square sees, and itself. */
  private <T> T parted(Ops<T> ops, T merged, Linear own, T vectors) {
    T grid = ops.reshape(ops.transpose(merged, 0, 2, 1), -1, width, rows, columns);
    T codes = ops.reshape(ops.enlarge(grid, merge), -1, width, places());
    return ops.add(ops.transpose(codes, 0, 2, 1), own.apply(ops, vectors));
  }

  private <T> T convolved(Ops<T> ops, T vectors) {
    T grid =
        ops.reshape(ops.transpose(vectors, 0, 2, 1), -1, dimension, rows * merge, columns * merge);
    T x = in.apply(ops, grid);
    for (ResidualBlock block : blocks) {
      x = block.apply(ops, x);
    }
    return ops.transpose(ops.reshape(x, -1, width, merged()), 0, 2, 1);
  }
}
