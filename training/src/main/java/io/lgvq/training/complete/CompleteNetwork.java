package io.lgvq.training.complete;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GridPlaces;
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
 * Codes with holes to what may be in the holes: convolutions let neighbours speak, then a
 * transformer in which every place looks at every other (as MaskGIT, CVPR 2022; the experiment is
 * LG-VQ's table 10). A hole is code K, and has a learned vector of its own. Immutable.
 */
public final class CompleteNetwork {

  private final CompleteSize size;
  private final Parameter vectors;
  private final float scale;
  private final Convolution stem;
  private final List<ResidualBlock> blocks;
  private final Parameter codes;
  private final GridPlaces places;
  private final List<TransformerLayer> layers;
  private final LayerNorm norm;
  private final Linear out;

  /**
   * @param scale brings the vectors of {@link #vectors} to about unit variance
   */
  public CompleteNetwork(CompleteSize size, float scale) {
    this.size = size;
    this.scale = scale;
    int width = size.width();
    vectors = Parameter.of("complete.vectors", Initial.ZERO, size.codes() + 1L, size.dimension());
    stem = Convolution.same("complete.stem", size.dimension(), width, 3);
    blocks =
        IntStream.range(0, size.blocks())
            .mapToObj(block -> ResidualBlock.of("complete.block" + block, width, width))
            .toList();
    codes = Parameter.of("complete.codes", Initial.NORMAL, size.codes() + 1L, width);
    places = GridPlaces.of("complete", size.gridHeight(), size.gridWidth(), width);
    layers =
        IntStream.range(0, size.layers())
            .mapToObj(
                layer ->
                    TransformerLayer.encoder(
                        "complete.layer" + layer, width, size.attentionHeads(), 4 * width))
            .toList();
    norm = LayerNorm.of("complete.norm", width);
    out = Linear.of("complete.out", width, size.codes());
  }

  /**
   * The frozen vectors [K + 1, d]: the tokenizer's, and zeros for a hole, which thus shows nothing
   * to the convolution.
   */
  public Parameter vectors() {
    return vectors;
  }

  /**
   * Scores of the code at every place, before the softmax [B, n, K].
   *
   * @param grid codes [B, n], K at holes
   */
  public <T> T scores(Ops<T> ops, T grid) {
    T shown = ops.transpose(ops.scale(ops.embed(grid, vectors), scale), 0, 2, 1);
    T x = ops.reshape(shown, -1, size.dimension(), size.gridHeight(), size.gridWidth());
    x = stem.apply(ops, x);
    for (ResidualBlock block : blocks) {
      x = block.apply(ops, x);
    }
    x = ops.transpose(ops.reshape(x, -1, size.width(), size.places()), 0, 2, 1);
    x = ops.add(ops.add(x, ops.embed(grid, codes)), places.apply(ops));
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, size.places(), Optional.empty());
    }
    return out.apply(ops, norm.apply(ops, x));
  }
}
