package io.lgvq.training.foreign;

import io.lgvq.training.network.Attention;
import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.ResidualBlock;
import io.lgvq.training.network.SpatialAttention;
import io.lgvq.training.tokenizer.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layers of our networks under the names and with the constants of a VQGAN's: thirty-two groups
 * and an epsilon of 1e-6 in every normalisation, one head of attention.
 *
 * @param shortcut of residual blocks that change the channels
 */
record VqganLayers(Shortcut shortcut) {

  private static final float EPSILON = 1e-6f;

  /** The convolution beside a residual block that changes the channels. */
  enum Shortcut {
    /** 1 x 1; the usual one. */
    NARROW("nin_shortcut", 1),
    /** 3 x 3. */
    WIDE("conv_shortcut", 3);

    private final String title;
    private final int kernel;

    Shortcut(String title, int kernel) {
      this.title = title;
      this.kernel = kernel;
    }

    /** Its name within a block. */
    String title() {
      return title;
    }
  }

  GroupNorm norm(String name, int channels) {
    return new GroupNorm(
        Parameter.of(name + ".weight", Initial.ONE, channels),
        Parameter.of(name + ".bias", Initial.ZERO, channels),
        VqganShape.GROUPS,
        EPSILON);
  }

  ResidualBlock block(String name, int in, int out) {
    return new ResidualBlock(
        norm(name + ".norm1", in),
        Convolution.same(name + ".conv1", in, out, 3),
        norm(name + ".norm2", out),
        Convolution.same(name + ".conv2", out, out, 3),
        in == out
            ? Optional.empty()
            : Optional.of(Convolution.same(name + "." + shortcut.title, in, out, shortcut.kernel)));
  }

  /** Its projections are 1 x 1 convolutions in the file; over places they are linear layers. */
  SpatialAttention attention(String name, int channels) {
    return new SpatialAttention(
        norm(name + ".norm", channels),
        new Attention(
            Linear.of(name + ".q", channels, channels),
            Linear.of(name + ".k", channels, channels),
            Linear.of(name + ".v", channels, channels),
            Linear.of(name + ".proj_out", channels, channels),
            channels,
            1),
        channels);
  }

  /** The blocks of a level, {@code name.block.i} and {@code name.attn.i}. */
  Stage level(String name, int in, int out, int blocks, boolean attends, int side) {
    List<ResidualBlock> residual = new ArrayList<>();
    List<SpatialAttention> attentions = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      residual.add(block(name + ".block." + i, i == 0 ? in : out, out));
      if (attends) {
        attentions.add(attention(name + ".attn." + i, out));
      }
    }
    return new Stage(List.copyOf(residual), List.copyOf(attentions), side);
  }

  /** What lies between the levels and the codes: block, attention, block. */
  VqganMiddle middle(String name, int channels, int side) {
    return new VqganMiddle(
        block(name + ".block_1", channels, channels),
        attention(name + ".attn_1", channels),
        block(name + ".block_2", channels, channels),
        side);
  }
}
