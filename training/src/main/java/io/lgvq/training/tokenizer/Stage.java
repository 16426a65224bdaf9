package io.lgvq.training.tokenizer;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.ResidualBlock;
import io.lgvq.training.network.SpatialAttention;
import java.util.ArrayList;
import java.util.List;

/**
 * The residual blocks of one side length, each followed by attention where there is any.
 *
 * @param attentions one a block, or none
 * @param side H = W of the layers
 */
public record Stage(List<ResidualBlock> blocks, List<SpatialAttention> attentions, int side) {

  static Stage of(String name, int in, int channels, int blocks, boolean attention, int side) {
    List<ResidualBlock> residual = new ArrayList<>();
    List<SpatialAttention> attentions = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      residual.add(ResidualBlock.of(name + ".block" + i, i == 0 ? in : channels, channels));
      if (attention) {
        attentions.add(SpatialAttention.of(name + ".attention" + i, channels));
      }
    }
    return new Stage(List.copyOf(residual), List.copyOf(attentions), side);
  }

  /** Applies the blocks to [B, C, side, side]. */
  public <T> T apply(Ops<T> ops, T x) {
    T y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = blocks.get(i).apply(ops, y);
      if (!attentions.isEmpty()) {
        y = attentions.get(i).apply(ops, y, side);
      }
    }
    return y;
  }
}
