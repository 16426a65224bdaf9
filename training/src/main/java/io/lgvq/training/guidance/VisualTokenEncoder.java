package io.lgvq.training.guidance;

import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.TransformerLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * LG-VQ, eq. 4: a small transformer over a class token and the code vectors, whose outputs live in
 * the text's space.
 */
public final class VisualTokenEncoder {

  private final int places;
  private final int width;
  private final Linear in;
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
   * @param places n, codes an image
   * @param dimension d of a code
   * @param textWidth d_t
   */
  public VisualTokenEncoder(
      GuidanceSettings.Transformer size, int places, int dimension, int textWidth) {
    this.places = places;
    width = size.width();
    in = Linear.of("guidance.visual.in", dimension, width);
    first = Parameter.of("guidance.visual.class", Initial.NORMAL, 1, 1, width);
    positions = Parameter.of("guidance.visual.positions", Initial.NORMAL, 1, places, width);
    layers =
        IntStream.range(0, size.layers())
            .mapToObj(
                i ->
                    TransformerLayer.encoder(
                        "guidance.visual.layer" + i, width, size.heads(), 4 * width))
            .toList();
    norm = LayerNorm.of("guidance.visual.norm", width);
    out = Linear.of("guidance.visual.out", width, textWidth);
  }

  /** Width of {@link Seen#hidden}. */
  public int width() {
    return width;
  }

  /** Looks at code vectors [B, n, d]. */
  public <T> Seen<T> apply(Ops<T> ops, T vectors) {
    T codes = ops.add(in.apply(ops, vectors), ops.parameter(positions));
    T none = ops.scale(ops.slice(codes, 1, 0, 1), 0);
    T x = ops.concat(1, ops.add(none, ops.parameter(first)), codes);
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, places + 1, Optional.empty());
    }
    T hidden = norm.apply(ops, x);
    T seen = out.apply(ops, hidden);
    T whole = ops.mean(ops.slice(seen, 1, 0, 1), 1);
    return new Seen<>(
        whole, ops.slice(seen, 1, 1, places + 1), ops.slice(hidden, 1, 1, places + 1));
  }
}
