package io.lgvq.training.alignment;

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
 * the text's space. Convolutions over the grid may come first. Immutable.
 */
public final class VisualTokenEncoder {

  private final int rows;
  private final int columns;
  private final int width;
  private final Linear in;
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
   * @param tokens Zvt, [B, n, textWidth]
   * @param hidden Zvt before its last linear map, [B, n, width]. Attention over Zvt begins with a
   *     linear map of its own, and two linear maps are one; so attention takes this narrower form
   */
  public record Seen<T>(T whole, T tokens, T hidden) {}

  /**
   * @param rows h of the grid
   * @param columns w of the grid; n is h times w
   * @param dimension d of a code
   * @param textWidth d_t
   */
  public VisualTokenEncoder(
      AlignmentSettings.Visual size, int rows, int columns, int dimension, int textWidth) {
    this.rows = rows;
    this.columns = columns;
    width = size.width();
    in = Linear.of("language.visual.in", dimension, width);
    blocks =
        IntStream.range(0, size.blocks())
            .mapToObj(i -> ResidualBlock.of("language.visual.block" + i, width, width))
            .toList();
    first = Parameter.of("language.visual.class", Initial.NORMAL, 1, 1, width);
    positions = Parameter.of("language.visual.positions", Initial.NORMAL, 1, places(), width);
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
    return rows * columns;
  }

  /** Looks at code vectors [B, n, d]. */
  public <T> Seen<T> apply(Ops<T> ops, T vectors) {
    T codes = ops.add(convolved(ops, in.apply(ops, vectors)), ops.parameter(positions));
    T none = ops.scale(ops.slice(codes, 1, 0, 1), 0);
    T x = ops.concat(1, ops.add(none, ops.parameter(first)), codes);
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, places() + 1, Optional.empty());
    }
    T hidden = norm.apply(ops, x);
    T seen = out.apply(ops, hidden);
    T whole = ops.mean(ops.slice(seen, 1, 0, 1), 1);
    return new Seen<>(
        whole, ops.slice(seen, 1, 1, places() + 1), ops.slice(hidden, 1, 1, places() + 1));
  }

  private <T> T convolved(Ops<T> ops, T codes) {
    if (blocks.isEmpty()) {
      return codes;
    }
    T x = ops.reshape(ops.transpose(codes, 0, 2, 1), -1, width, rows, columns);
    for (ResidualBlock block : blocks) {
      x = block.apply(ops, x);
    }
    return ops.transpose(ops.reshape(x, -1, width, places()), 0, 2, 1);
  }
}
