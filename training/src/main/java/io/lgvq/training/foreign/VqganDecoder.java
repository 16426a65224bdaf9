package io.lgvq.training.foreign;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.Ops;
import io.lgvq.training.tokenizer.Stage;
import java.util.ArrayList;
import java.util.List;

/** Code vectors {@code [B, n, d]} to pixels {@code [B, 3, side, side]}, normalised. */
final class VqganDecoder {

  private final int dimension;
  private final int grid;
  private final Convolution fromCodes;
  private final Convolution in;
  private final VqganMiddle middle;
  private final List<Stage> levels = new ArrayList<>();
  private final List<Convolution> doublings = new ArrayList<>();
  private final GroupNorm norm;
  private final Convolution out;

  VqganDecoder(VqganShape shape, int imageSize, VqganLayers layers) {
    dimension = shape.dimension();
    grid = shape.grid(imageSize);
    int channels = shape.width(shape.levels() - 1);
    int side = grid;
    fromCodes = Convolution.same("post_quant_conv", dimension, shape.latent(), 1);
    in = Convolution.same("decoder.conv_in", shape.latent(), channels, 3);
    middle = layers.middle("decoder.mid", channels, side);
    for (int i = shape.levels() - 1; i >= 0; i--) {
      String name = "decoder.up." + i;
      int width = shape.width(i);
      levels.add(layers.level(name, channels, width, shape.blocks() + 1, shape.attends(i), side));
      channels = width;
      if (i > 0) {
        doublings.add(Convolution.same(name + ".upsample.conv", channels, channels, 3));
        side *= 2;
      }
    }
    norm = layers.norm("decoder.norm_out", channels);
    out = Convolution.same("decoder.conv_out", channels, 3, 3);
  }

  <T> T apply(Ops<T> ops, T vectors) {
    T x = ops.reshape(ops.transpose(vectors, 0, 2, 1), -1, dimension, grid, grid);
    x = middle.apply(ops, in.apply(ops, fromCodes.apply(ops, x)));
    for (int i = 0; i < levels.size(); i++) {
      x = levels.get(i).apply(ops, x);
      if (i < doublings.size()) {
        x = doublings.get(i).apply(ops, ops.enlarge(x, 2));
      }
    }
    return out.apply(ops, ops.silu(norm.apply(ops, x)));
  }
}
